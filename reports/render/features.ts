import { formatDuration } from '../../common/duration.ts';
import type { EngineName, Outcome, Results } from '../record/schema.ts';
import { armOf, type Analysis } from './analysis.ts';
import { judgedIterations, neverCame, type Arm } from './arm.ts';
import { gaveUpCount } from './censoring-words.ts';
import { formatEstimate } from './format.ts';
import { deeds, isByHand } from './names.ts';

/** What an engine does about a disturbance whose run records no words for it. */
const does: Readonly<Record<Outcome, string>> = {
  restored: 'puts right',
  applied: 'carries out',
  surfaced: 'tells of',
  undone: 'goes back from',
  left: 'leaves',
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
  return results.scenario.disturbances.map(({ name, sentence, feature, featureFailures }) => ({
    words: feature ?? `${does[armOf(analysis, name, 'flux', 'restore').outcome]}: ${sentence}`,
    disturbance: name,
    cellOf: (engine) => {
      const arm = armOf(analysis, name, engine, 'restore');
      return featureFailures === undefined
        ? featureCell(results, arm)
        : countedCell(results, arm, featureFailures);
    },
  }));
}

/** Whether it came about by the figure that counts its failures. */
function countedCell(results: Results, { engine, disturbance }: Arm, failures: string): string {
  const counts = judgedIterations(results)
    .filter((one) => one.engine === engine && one.disturbance === disturbance)
    .flatMap(({ figures }) => figures[failures] ?? []);
  const done = counts.filter((count) => count === 0).length;
  const { length } = counts;
  if (length === 0) return notMeasured(results, engine, disturbance);
  if (done === length) return `yes (n = ${length})`;
  return done === 0 ? `no (n = ${length})` : `in ${done} of ${length}`;
}

function notMeasured({ iterations }: Results, engine: EngineName, disturbance: string): string {
  const invalid = iterations.filter(
    (one) =>
      one.kind === 'measured' &&
      one.verdict === 'invalid' &&
      one.engine === engine &&
      one.disturbance === disturbance,
  );
  return invalid.length === 0 ? 'not measured' : `not measured: ${invalid.length} invalid`;
}

function featureCell(results: Results, arm: Arm): string {
  const { description, engine, disturbance } = arm;
  if (description === null) return notMeasured(results, engine, disturbance);
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
