import test from 'ava';
import { engineNames, type Outcome } from '../record/schema.ts';
import { makeUpRun } from '../testing/made-up-run.ts';
import { summarize } from './summarize.ts';

test('the headline says who was faster, and what was not corrected', (t) => {
  t.is(
    summarize(makeUpRun().results).headline,
    'Argo CD restored faster than Flux after 2 of 3 disturbances. Flux did not correct edit-env.',
  );
});

test('the table has a line for each disturbance, with both medians and the verdict, in aligned columns', (t) => {
  const { lines } = summarize(makeUpRun().results);
  t.is(lines.length, 4);
  const [header, first, , last] = lines;
  t.is(header?.indexOf('Argo CD'), first?.search(/\d+ ms/));
  t.regex(first ?? '', /^delete-deployment +\d+\.\d+ s +\d+ ms +Argo CD faster$/);
  t.regex(last ?? '', /^edit-env +not corrected +\d+ ms +Flux did not correct it$/);
});

test('fewer than five iterations of each engine allow no claim of a difference', (t) => {
  const { headline, lines } = summarize(makeUpRun({ iterationsPerDisturbance: 4 }).results);
  t.is(
    headline,
    'Flux did not correct edit-env. There is not enough data to compare after delete-deployment and scale-to-zero.',
  );
  t.regex(lines[1] ?? '', /not enough data$/);
});

test('engines that are alike are not called different', (t) => {
  const alike = makeUpRun({
    disturbances: ['scale-up'],
    change: (iteration) => ({ ...iteration, timeToRestoreMs: 100 + (iteration.index % 3) }),
  });
  t.is(summarize(alike.results).headline, 'No difference was shown after scale-up.');
});

/** Flux takes 1 s after the first disturbance and 9 s after the others, Argo CD 5 s after all. */
function shared(disturbances: readonly string[], outcome?: Outcome) {
  const { results } = makeUpRun({
    disturbances,
    change: (iteration) => {
      const fluxMs = iteration.disturbance === disturbances[0] ? 1000 : 9000;
      const timeToRestoreMs = (iteration.engine === 'flux' ? fluxMs : 5000) + iteration.index;
      return { ...iteration, verdict: 'valid', reason: '', timeToRestoreMs };
    },
  });
  const { scenario } = results;
  const named = scenario.disturbances.map((one) => (outcome === undefined ? one : { ...one, outcome }));
  return { ...results, scenario: { ...scenario, disturbances: named } };
}

test('where the engines share a few disturbances, the headline names which was whose, in words of the outcome', (t) => {
  t.is(
    summarize(shared(['broken-manifest', 'never-ready'], 'surfaced')).headline,
    'Flux reported the failure sooner than Argo CD after broken-manifest. Argo CD reported the failure sooner than Flux after never-ready.',
  );
  t.is(
    summarize(shared(['one', 'two', 'three'])).headline,
    'Flux restored faster than Argo CD after one. Argo CD restored faster than Flux after two and three.',
  );
});

test('where the engines share many, they are counted', (t) => {
  t.is(
    summarize(shared(['one', 'two', 'three', 'four', 'five'])).headline,
    'Flux restored faster than Argo CD after 1 of 5 disturbances. Argo CD restored faster than Flux after 4 of 5 disturbances.',
  );
});

test('where the outcomes differ, no verb of one of them is used for all', (t) => {
  const results = shared(['one', 'two', 'three']);
  const { scenario } = results;
  const disturbances = scenario.disturbances.map((one, index) =>
    index === 1 ? { ...one, outcome: 'undone' as const } : one,
  );
  t.regex(
    summarize({ ...results, scenario: { ...scenario, disturbances } }).headline,
    /Argo CD was faster than Flux after two and three\.$/,
  );
});

test('one engine alone is described, not compared', (t) => {
  const { headline, lines } = summarize(makeUpRun({ engines: ['flux'] }).results);
  t.is(
    headline,
    'Flux was measured alone: it restored what was disturbed in every iteration of 2 of 3 disturbances. Flux did not correct edit-env.',
  );
  t.regex(lines[1] ?? '', /^delete-deployment +\d+\.\d+ s$/);
});

test('a run without a valid iteration concludes nothing', (t) => {
  const nothing = { headline: 'Not enough data: no measured iteration was valid.', lines: [] };
  t.deepEqual(summarize(makeUpRun({ iterationsPerDisturbance: 0 }).results), nothing);
  const invalid = makeUpRun({
    change: (iteration) => ({ ...iteration, verdict: 'invalid', reason: 'busy' }),
  });
  t.deepEqual(summarize(invalid.results), nothing);
});

test('a runbook is named as what it is, and each verdict says between whom it is', (t) => {
  const { headline, lines } = summarize(makeUpRun({ engines: engineNames }).results);
  t.is(
    headline,
    'The runbook at machine speed restored faster than Flux after 2 of 3 disturbances. Flux did not correct edit-env. ' +
      'No difference was shown between Argo CD and the runbook at machine speed after delete-deployment, scale-to-zero and edit-env.',
  );
  t.regex(lines[0] ?? '', /Runbook +Flux against Runbook +Argo CD against Runbook$/);
  t.regex(lines[1] ?? '', /Runbook faster +no difference shown$/);
});
