import test from 'ava';
import type { EngineName } from '../record/schema.ts';
import { describe } from '../statistics/describe.ts';
import type { Sample } from '../statistics/sample.ts';
import { censored, observed } from '../testing/samples.ts';
import type { Arm } from './arm.ts';
import { compareArms, type Comparison } from './comparison.ts';
import { shortVerdict, verdictSentences } from './verdict-words.ts';

function arm(engine: EngineName, samples: Sample[], disturbance = 'scale-up'): Arm {
  return {
    engine,
    disturbance,
    time: 'restore',
    samples,
    unobservedCount: 0,
    description: describe(samples, 1),
  };
}

function compare(flux: Sample[], argocd: Sample[]): Comparison {
  const [comparison] = compareArms([arm('flux', flux), arm('argocd', argocd)]);
  if (comparison === undefined) throw new Error('the arms were not paired');
  return comparison;
}

test('a clear difference names the faster engine, the size of the difference and how sure it is', (t) => {
  const comparison = compare(
    observed(5000, 6000, 7000, 8000, 9000, 9500),
    observed(300, 310, 320, 330, 340, 350),
  );
  t.is(shortVerdict(comparison), 'Argo CD faster');
  t.regex(
    verdictSentences(comparison),
    /^Argo CD restored faster than Flux: median 325 ms against 7\.50 s\. Flux took 7\.\d+ s longer \(95 % interval .* to .*; Holm-corrected p = 0\.002\)\.$/,
  );
});

test('the faster engine may be the first', (t) => {
  t.is(shortVerdict(compare(observed(1, 2, 3, 4, 5, 6), observed(11, 12, 13, 14, 15, 16))), 'Flux faster');
});

test('the correction takes every tested disturbance into account, and only those', (t) => {
  const [fast, slow] = [observed(1, 2, 3, 4, 5), observed(11, 12, 13, 14, 15)];
  const both = (disturbance: string, first: Sample[], second: Sample[]): Arm[] => [
    arm('flux', first, disturbance),
    arm('argocd', second, disturbance),
  ];
  const many = ['a', 'b', 'c', 'd', 'e', 'f', 'g'].flatMap((name) => both(name, fast, slow));
  const untested = both('few', observed(1), observed(2));
  t.deepEqual(
    new Set(compareArms([...many, ...untested]).map(({ verdict }) => verdict.kind)),
    new Set(['noDifferenceShown', 'notEnoughData']),
    '5 against 5 can not stand a correction over seven comparisons',
  );
  t.is(compareArms([...many.slice(0, 12), ...untested])[0]?.verdict.kind, 'faster');
});

test('an engine that never restored is told, with how long it was watched', (t) => {
  const comparison = compare(censored(300_000, 301_000), observed(300, 310));
  t.is(shortVerdict(comparison), 'Flux did not correct it');
  t.is(
    verdictSentences(comparison),
    'Flux did not correct it in any of 2 iterations, each watched for at least 5 min 0 s. Argo CD restored it in 2 of 2 iterations, median 305 ms.',
  );
  t.is(shortVerdict(compare(censored(1), censored(1))), 'neither corrected it');
});

test('iterations that were not restored in time are told beside a median', (t) => {
  const comparison = compare(
    [...observed(5000, 6000, 7000, 8000), ...censored(60_000, 60_000)],
    observed(1, 2, 3, 4, 5, 6),
  );
  t.is(shortVerdict(comparison), 'Argo CD faster');
  t.regex(verdictSentences(comparison), /Flux left 2 of 6 not restored in time\.$/);
});

test('with censored samples in both arms there is a verdict, but no difference in seconds', (t) => {
  const comparison = compare(
    [...observed(5000, 6000, 7000, 8000, 9000), ...censored(60_000)],
    [...observed(1, 2, 3, 4, 5), ...censored(60_000)],
  );
  t.is(comparison.difference, null);
  t.notRegex(verdictSentences(comparison), /longer|NaN|null/);
});

test('an empty arm is not enough data', (t) => {
  const comparison = compare([], observed(1, 2, 3, 4, 5));
  t.is(shortVerdict(comparison), 'not enough data');
  t.is(
    verdictSentences(comparison),
    'not enough data to compare: Flux has 0 and Argo CD has 5 usable iterations, and 5 of each are needed. Flux has no valid iteration. Argo CD restored it in 5 of 5 iterations, median 3 ms.',
  );
});
