import type { Arm } from '../render/arm.ts';
import type { Estimate } from '../statistics/sample.ts';
import type { RunComparison } from './analyse-comparison.ts';
import type { Change } from './change.ts';
import { changeSentence } from './change-words.ts';

/** A comparison for programs: times in milliseconds, `difference` above zero where the run was slower than the baseline. */
export function comparisonJson({
  selection,
  properties,
  warnings,
  changes,
  fidelity,
  headlines,
  leastMs,
}: RunComparison): unknown {
  const { baseline, others, engines, disturbances } = selection;
  return {
    scenario: baseline.results.scenario.name,
    runs: [baseline, ...others].map(({ letter, directory, results: { startedAt } }) => ({
      letter,
      directory,
      startedAt,
    })),
    engines,
    disturbances,
    headlines,
    warnings,
    differing: properties.differing,
    same: properties.same,
    leastMs,
    changes: changes.map((change) => ({
      run: change.run.letter,
      engine: change.engine,
      disturbance: change.disturbance,
      time: change.time,
      verdict: change.verdict,
      minimumMs: change.minimumMs,
      ratioOfMedians: change.ratio,
      ...figuresOf(change),
      sentence: changeSentence(change, baseline),
    })),
    fidelity: fidelity.map(({ run, ...line }) => ({ run: run.letter, ...line })),
  };
}

function figuresOf({ comparison }: Change) {
  const { first, second, difference, delta, p, correctedP } = comparison;
  return {
    baseline: armOf(second),
    own: armOf(first),
    difference:
      difference === null
        ? null
        : {
            ...bound(difference.estimate),
            low: difference.interval === null ? null : bound(difference.interval.low),
            high: difference.interval === null ? null : bound(difference.interval.high),
          },
    cliffsDelta: delta,
    p,
    correctedP,
  };
}

function armOf({ description, unobservedCount }: Arm) {
  return {
    n: description?.count ?? 0,
    censored: description?.censoredCount ?? 0,
    notSeen: unobservedCount,
    median: description === null ? null : bound(description.median),
  };
}

/** `relation` says whether it is the figure, or no more than its bound. */
function bound({ valueMs, relation }: Estimate) {
  return { ms: valueMs, relation };
}
