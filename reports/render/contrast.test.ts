import test from 'ava';
import type { Contrast } from '../record/contrast.ts';
import type { Iteration, Results } from '../record/schema.ts';
import { makeUpRun } from '../testing/made-up-run.ts';
import { analyse } from './analysis.ts';
import { contrastSentence, contrastSentences, shortContrast } from './contrast-words.ts';
import { summarize } from './summarize.ts';

const contrast: Contrast = {
  of: 'told',
  against: 'polled',
  when: 'With a webhook',
  did: 'had the commit',
};

/** A run of two disturbances, of which `polled` takes Flux 20 s longer and Argo CD 30 s. */
function contrasted(
  change: (iteration: Iteration) => Iteration = (iteration) => iteration,
  iterationsPerDisturbance = 6,
): Results {
  const { results } = makeUpRun({
    disturbances: ['told', 'polled'],
    iterationsPerDisturbance,
    change: (iteration) => {
      const longerMs =
        iteration.disturbance === 'polled' ? (iteration.engine === 'flux' ? 20_000 : 30_000) : 0;
      return change({ ...iteration, timeToRestoreMs: (iteration.timeToRestoreMs ?? 0) + longerMs });
    },
  });
  return { ...results, scenario: { ...results.scenario, contrasts: [contrast] } };
}

test('the headline says first what the question sets against each other, and then what of the engines', (t) => {
  t.regex(
    summarize(contrasted()).headline,
    /^With a webhook, Flux had the commit [12]\d\.\d s sooner \(95 % interval .* s to .* s\), Argo CD 30\.\d s sooner \(95 % interval .*\)\. \S.* (Flux|Argo CD) .* after /,
  );
});

test('the words follow the data where they say the opposite', (t) => {
  const swapped = contrasted((iteration) => ({
    ...iteration,
    disturbance: iteration.disturbance === 'told' ? 'polled' : 'told',
  }));
  t.regex(summarize(swapped).headline, /^With a webhook, Flux had the commit .* later .*Argo CD .* later/);
});

test('an engine of which no difference is shown is named apart, and nothing is claimed of it', (t) => {
  const results = contrasted((iteration) =>
    iteration.engine === 'flux' ? { ...iteration, timeToRestoreMs: 1000 + iteration.index } : iteration,
  );
  const [first = '', second = ''] = analyse(results).contrasts.flatMap(contrastSentences);
  t.regex(first, /^With a webhook, Argo CD had the commit 30\.\d s sooner/);
  t.is(second, 'No difference between told and polled was shown for Flux.');
});

test('with too few iterations nothing is claimed, and how many it takes is said', (t) => {
  const { contrasts } = analyse(contrasted(undefined, 3));
  t.deepEqual(contrasts.flatMap(contrastSentences), [
    'There is not enough data to compare told with polled for Flux and Argo CD.',
  ]);
  const [flux] = contrasts.flatMap(({ comparisons }) => comparisons);
  t.regex(
    (flux && contrastSentence(flux)) ?? '',
    /^not enough data: 3 and 3 usable iterations, and at least \d+/,
  );
});

test('invalid iterations count for nothing', (t) => {
  const results = contrasted((iteration) => ({ ...iteration, verdict: 'invalid', reason: 'made up' }));
  t.deepEqual(analyse(results).contrasts, []);
});

test('what never came is not called later, by how much or at all', (t) => {
  const results = contrasted((iteration) =>
    iteration.disturbance === 'polled' && iteration.engine === 'flux'
      ? {
          ...iteration,
          verdict: 'censored',
          reason: 'not in time',
          timeToRestoreMs: null,
          watchedForMs: 60_000,
        }
      : iteration,
  );
  const [flux, argo] = analyse(results).contrasts.flatMap(({ comparisons }) => comparisons);
  t.is(flux && shortContrast(flux), 'polled: not corrected');
  t.is(argo && shortContrast(argo), 'sooner');
  const { headline } = summarize(results);
  t.regex(headline, /^With a webhook, Argo CD had the commit/);
  t.regex(headline, /Flux did not correct polled\./);
});

test('Holm’s correction is over the contrasts alone, and leaves that of the engines as it was', (t) => {
  const results = contrasted();
  const { contrasts, comparisons } = analyse(results);
  const own = contrasts.flatMap((one) => one.comparisons);
  t.true(own.every(({ p, correctedP }) => p !== null && correctedP !== null && correctedP <= 2 * p));
  const without = { ...results, scenario: { ...results.scenario, contrasts: [] } };
  t.deepEqual(analyse(without).comparisons, comparisons);
});

test('a contrast of a disturbance that was not made is left out', (t) => {
  const { results } = makeUpRun();
  const declared = { ...results, scenario: { ...results.scenario, contrasts: [contrast] } };
  t.deepEqual(analyse(declared).contrasts, []);
  t.is(summarize(declared).headline, summarize(results).headline);
});
