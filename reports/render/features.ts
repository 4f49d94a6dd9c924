import { formatDuration } from '../../common/duration.ts';
import type { EngineName, Outcome, Results } from '../record/schema.ts';
import { armOf, type Analysis } from './analysis.ts';
import { neverCame, type Arm } from './arm.ts';
import { gaveUpCount } from './censoring-words.ts';
import { formatEstimate } from './format.ts';
import { deeds, isByHand } from './names.ts';

/** What an engine does about a disturbance whose run records no words for it. */
const does: Readonly<Record<Outcome, string>> = {
  restored: 'puts right',
  applied: 'carries out',
  surfaced: 'tells of',
  resumed: 'resumes after',
};

/** One thing that engines can do or can't, as a run has shown it. */
export interface Feature {
  readonly words: string;
  readonly disturbance: string;
  /** What became of it with an engine: `yes (1.20 s; n = 5)`, `no: not corrected within 5 min 0 s (n = 3)`, `not measured`. */
  readonly cellOf: (engine: EngineName) => string;
}

/** What a run shows that engines can do, one feature for each disturbance. */
export function featuresOf(results: Results, analysis: Analysis): Feature[] {
  return results.scenario.disturbances.map(({ name, sentence, feature }) => ({
    words: feature ?? `${does[armOf(analysis, name, 'flux', 'restore').outcome]}: ${sentence}`,
    disturbance: name,
    cellOf: (engine) => featureCell(results, armOf(analysis, name, engine, 'restore')),
  }));
}

function featureCell({ iterations }: Results, arm: Arm): string {
  const { description, engine, disturbance } = arm;
  if (description === null) {
    const invalid = iterations.filter(
      (one) =>
        one.kind === 'measured' &&
        one.verdict === 'invalid' &&
        one.engine === engine &&
        one.disturbance === disturbance,
    );
    return invalid.length === 0 ? 'not measured' : `not measured: ${invalid.length} invalid`;
  }
  const { count, censoredCount, median } = description;
  if (neverCame(arm)) return `no: ${whyNot(arm)} (n = ${count})`;
  const did = isByHand(engine) ? 'by hand' : 'yes';
  if (censoredCount === 0) return `${did} (${formatEstimate(median)}; n = ${count})`;
  return `${isByHand(engine) ? 'by hand ' : ''}in ${count - censoredCount} of ${count} (${formatEstimate(median)})`;
}

function whyNot(arm: Arm): string {
  if (gaveUpCount(arm) === arm.samples.length) return 'it gave up';
  const watchedMs = Math.min(...arm.samples.map(({ valueMs }) => valueMs));
  return `${deeds[arm.outcome].never} within ${formatDuration(watchedMs)}`;
}
