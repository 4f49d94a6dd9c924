import { formatDuration } from '../../common/duration.ts';
import type { Iteration, Results } from '../record/schema.ts';
import { analyseArm, type Arm } from '../render/arm.ts';
import { formatEstimate } from '../render/format.ts';
import type { Estimate } from '../statistics/sample.ts';
import { decide, type Outcome } from './decide.ts';
import { scopeOf, targetsOf, type Target } from './targets.ts';
import { timesByName, type CountStatistic, type DurationStatistic, type Threshold } from './threshold.ts';

/** What came of a threshold for one engine and one disturbance. */
export interface CheckedThreshold extends Target {
  /** The threshold with the engine, the kind and the disturbance in the place of any `*`. */
  readonly name: string;
  readonly outcome: Outcome;
  /** The measured value in words: `1.39 s in 6 iterations`. */
  readonly measured: string;
  /** Why it is not decided; empty where it is. */
  readonly why: string;
}

type Finding = Pick<CheckedThreshold, 'outcome' | 'measured' | 'why'>;

/**
 * Holds a run against thresholds, one after the other, each for all that it is about. The same results give the same.
 * Throws an explained error where a threshold is about something that the run does not have.
 */
export function checkThresholds(results: Results, thresholds: readonly Threshold[]): CheckedThreshold[] {
  return thresholds.flatMap((threshold) =>
    targetsOf(threshold, scopeOf(results)).map((target) => {
      const { engine, disturbance } = target;
      const { time, statistic, operator, limitText } = threshold;
      const name = `${engine}.${disturbance.kind}.${disturbance.name}.${time}.${statistic} ${operator} ${limitText}`;
      return { ...target, name, ...unlessIncomplete(results, findingOf(results, threshold, target)) };
    }),
  );
}

function unlessIncomplete({ status, statusReason }: Results, finding: Finding): Finding {
  if (status === 'complete') return finding;
  const [firstLine = ''] = statusReason.split('\n');
  const reason = firstLine === '' ? '' : `: ${firstLine}`;
  return { ...finding, outcome: 'not-decided', why: `the run is not complete, it was ${status}${reason}` };
}

function findingOf(results: Results, threshold: Threshold, { engine, disturbance }: Target): Finding {
  const time = timesByName[threshold.time];
  const arm = analyseArm(results, { engine, disturbance: disturbance.name, time });
  if (threshold.unit === 'ms') return durationFinding(arm, threshold.statistic, threshold);
  return countFinding(countOf(results, arm, threshold.statistic), threshold);
}

function durationFinding(
  { description, unobservedCount }: Arm,
  statistic: DurationStatistic,
  { operator, limit, time }: Threshold,
): Finding {
  const notSeen = unobservedCount === 0 ? '' : `, not seen in ${unobservedCount} more`;
  if (description === null) {
    const why =
      unobservedCount === 0 ? 'no iteration counts' : `${time} was seen in no iteration that counts`;
    return { outcome: 'not-decided', measured: 'nothing', why };
  }
  const estimate = description[statistic];
  const outcome = decide({ value: estimate.valueMs, relation: estimate.relation }, operator, limit);
  const value = besideLimit(estimate, limit);
  const censored = description.censoredCount === 0 ? '' : ` (${description.censoredCount} censored)`;
  return {
    outcome,
    measured: `${value} in ${iterationsInWords(description.count)}${censored}${notSeen}`,
    why: outcome === 'not-decided' ? `all that is known of it is that it is ${value}` : '',
  };
}

/** Rounded, unless that would make it look like the limit. */
function besideLimit(estimate: Estimate, limitMs: number): string {
  const rounded = formatEstimate(estimate);
  const isClear = estimate.valueMs === limitMs || !rounded.endsWith(formatDuration(limitMs));
  return isClear ? rounded : `${rounded} (${estimate.valueMs} ms)`;
}

function iterationsInWords(count: number): string {
  return `${count} iteration${count === 1 ? '' : 's'}`;
}

/** How many iterations it is, of how many that it could be; null where there is no such number. */
interface Count {
  readonly count: number;
  readonly of: number | null;
  readonly what: string;
}

function countOf(results: Results, arm: Arm, statistic: CountStatistic): Count {
  switch (statistic) {
    case 'count':
      return { count: arm.samples.length, of: null, what: '' };
    case 'censored':
      return { count: arm.description?.censoredCount ?? 0, of: arm.samples.length, what: ' censored' };
    case 'invalid': {
      const made = results.iterations.filter((iteration) => isCompared(iteration, arm));
      return {
        count: made.filter(({ verdict }) => verdict === 'invalid').length,
        of: made.length,
        what: ' invalid',
      };
    }
  }
}

/** Whether an iteration would be one that engines are compared by if it were valid. */
function isCompared({ kind, phase, repeat, engine, disturbance }: Iteration, arm: Arm): boolean {
  const isFirst = kind === 'measured' && phase === 'random' && repeat === 0;
  return isFirst && engine === arm.engine && disturbance === arm.disturbance;
}

function countFinding({ count, of, what }: Count, { operator, limit, unit }: Threshold): Finding {
  if (of === 0) return { outcome: 'not-decided', measured: 'nothing', why: 'no iteration counts' };
  const total = of === null ? '' : ` of ${of}`;
  const value = unit === 'share' ? count / (of ?? 1) : count;
  const noun = of === null ? ` iteration${count === 1 ? '' : 's'}` : ` iterations`;
  return {
    outcome: decide({ value, relation: 'equal' }, operator, limit),
    measured: `${count}${total}${noun}${what}`,
    why: '',
  };
}

/** A checked threshold as one line. */
export function checkedLine({ outcome, name, measured, why }: CheckedThreshold): string {
  if (outcome === 'not-decided') return `not decided: ${name}: ${why}`;
  return `${outcome}: ${name}: measured ${measured}`;
}

/** How many held, and how many did not: `2 of 3 thresholds held; 1 was not decided.` */
export function checkedSummary(checked: readonly CheckedThreshold[]): string {
  const of = (wanted: Outcome): number => checked.filter(({ outcome }) => outcome === wanted).length;
  const [broken, open] = [of('broken'), of('not-decided')];
  const rest = [
    ...(broken === 0 ? [] : [`${broken} broken`]),
    ...(open === 0 ? [] : [`${open} not decided, which counts as not held`]),
  ];
  return `${[`${of('held')} of ${checked.length} held`, ...rest].join(', ')}.`;
}
