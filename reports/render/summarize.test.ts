import test from 'ava';
import { engineNames } from '../record/schema.ts';
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

test('one engine alone is described, not compared', (t) => {
  const { headline, lines } = summarize(makeUpRun({ engines: ['flux'] }).results);
  t.is(
    headline,
    'Flux was measured alone: it restored every iteration of 2 of 3 disturbances. Flux did not correct edit-env.',
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
