import test from 'ava';
import type { EngineName } from '../record/schema.ts';
import { describe } from '../statistics/describe.ts';
import type { Sample } from '../statistics/sample.ts';
import { censored, givenUp, observed } from '../testing/samples.ts';
import type { Arm } from './arm.ts';
import { compareArms, type Comparison } from './comparison.ts';
import { severalVerdictSentences, shortVerdict, verdictSentences } from './verdict-words.ts';

function arm(engine: EngineName, samples: Sample[], disturbance = 'scale-up'): Arm {
  return {
    engine,
    disturbance,
    time: 'restore',
    samples: samples.map((sample, index) => ({ ...sample, iteration: index + 1 })),
    outcome: 'restored',
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
  // Of Flux: four drops of 1/6 at 5, 6, 7 and 8 s, then 2/6 up to a minute: (26 + 120) / 6 = 24.33 s.
  t.true(
    verdictSentences(comparison).endsWith(
      ' Within 1 min 0 s Argo CD restored it in 6 of 6 iterations (restricted mean up to then 4 ms) and ' +
        'Flux restored it in 4 of 6 iterations (restricted mean up to then 24.3 s).',
    ),
    verdictSentences(comparison),
  );
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
    'not enough data to compare: Flux has 0 and Argo CD has 5 usable iterations, and at least 5 of each are needed. Flux has no valid iteration. Argo CD restored it in 5 of 5 iterations, median 3 ms.',
  );
});

test('an engine that gave up is told so, and it counts as slower however early that was', (t) => {
  const comparison = compare(observed(50, 51, 52, 53, 54, 55), [...observed(60), ...givenUp(5, 5, 5, 5, 5)]);
  t.is(shortVerdict(comparison), 'Flux faster');
  t.regex(verdictSentences(comparison), /Argo CD restored it in 1 of 6 iterations \(it gave up in 5;/);
  t.notRegex(verdictSentences(comparison), /more than −/);
  t.regex(
    verdictSentences(compare(observed(50), givenUp(5, 6))),
    /Argo CD did not correct it in any of 2 iterations, each watched for at least 5 ms; it gave up in 2\.$/,
  );
});

test('iterations that were watched for less than others took are no evidence that they are longer', (t) => {
  const comparison = compare(observed(10, 20, 30, 40, 50), [...observed(2), ...censored(1, 1, 1, 1)]);
  t.is(shortVerdict(comparison), 'no difference shown');
  t.regex(verdictSentences(comparison), /Argo CD restored it in 1 of 5 iterations \(4 watched for less;/);
  t.regex(verdictSentences(comparison), /Argo CD Kaplan-Meier median 2 ms/);
});

test('where no difference is shown, it is said how many iterations would be needed for one of this size', (t) => {
  // 11 of 25 pairs longer, 14 shorter: delta -0.12, and 4 * 7.849 / (6 * 0.0144) = 363.4.
  const comparison = compare(observed(1, 4, 5, 6.5, 9), observed(2, 3, 6, 7, 10));
  t.is(comparison.neededSamples, 364);
  t.regex(
    verdictSentences(comparison),
    /About 364 iterations of each would be needed to show a difference of this size\.$/,
  );
  const tiny = compare(observed(1, 4, 5, 8, 9), observed(2, 3, 6, 7, 10));
  t.regex(verdictSentences(tiny), /More than 1000 iterations of each would be needed/);
});

test('where the samples lean to neither side, no number of them is named', (t) => {
  const comparison = compare(observed(1, 2, 3, 4, 5), observed(1, 2, 3, 4, 5));
  t.is(comparison.neededSamples, null);
  t.regex(verdictSentences(comparison), /equal\. Neither was slower in more pairs than the other\.$/);
});

test('the more disturbances are compared, the more iterations are needed before anything can be claimed', (t) => {
  const arms = ['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h', 'i'].flatMap((name) => [
    arm('flux', observed(1, 2), name),
    arm('argocd', observed(3, 4), name),
  ]);
  const [comparison] = compareArms(arms);
  // 9 * 2/252 = 0.071 is too much, 9 * 2/924 = 0.019 is not.
  t.is(comparison?.neededSamples, 6);
  t.is(compare(observed(1), observed(2)).neededSamples, 5);
});

test('where people recover too, each engine is compared with them, and no engine with another', (t) => {
  const arms = (['flux', 'argocd', 'manual'] as const).map((engine) => arm(engine, observed(1, 2, 3)));
  t.deepEqual(
    compareArms(arms).map(({ first, second }) => [first.engine, second.engine]),
    [
      ['flux', 'manual'],
      ['argocd', 'manual'],
    ],
  );
});

test('of several pairs each says between whom there is a difference, and none where there is not enough data', (t) => {
  const fast = observed(300, 310, 320, 330, 340, 350);
  const slow = observed(5000, 6000, 7000, 8000, 9000, 9500);
  const arms = [arm('flux', slow), arm('argocd', fast), arm('manual', fast)];
  t.regex(
    severalVerdictSentences(arms, compareArms(arms)),
    /^Flux restored it in 6 of 6 iterations, median 7\.50 s\. Argo CD restored .* Runbook restored .*\. Runbook was faster than Flux, by 7\.\d+ s \(95 % interval .*; Holm-corrected p = 0\.004\)\. No difference was shown between Argo CD and Runbook \(95 % interval .*\)\.$/,
  );
  const few = [arm('flux', observed(1, 2)), arm('manual', observed(3, 4))];
  t.notRegex(severalVerdictSentences(few, compareArms(few)), /faster|difference/);
});
