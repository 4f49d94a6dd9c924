import test from 'ava';
import { gaveUpReason } from '../record/given-up.ts';
import type { Results } from '../record/schema.ts';
import { makeUpRun } from '../testing/made-up-run.ts';
import { analyse } from './analysis.ts';
import { featuresOf } from './features.ts';

test('a feature says yes with the median, or no with what was waited for', (t) => {
  const { results } = makeUpRun({ disturbances: ['edit-env'] });
  const [feature] = featuresOf(results, analyse(results));
  t.is(
    feature?.words,
    'puts right: Made up: edit-env',
    'a run that records no words for it has some all the same',
  );
  if (feature === undefined) return;
  t.regex(feature.cellOf('argocd'), /^yes \(\d+ ms; n = 6\)$/);
  t.is(feature.cellOf('flux'), 'no: not corrected within 5 min 0 s (n = 6)');
});

test('the words that a run records are those of the feature', (t) => {
  const { results } = makeUpRun({ disturbances: ['edit-env'] });
  const disturbances = results.scenario.disturbances.map((one) => ({ ...one, feature: 'takes it back' }));
  const told = { ...results, scenario: { ...results.scenario, disturbances } };
  t.is(featuresOf(told, analyse(told))[0]?.words, 'takes it back');
});

test('an engine that gave up, was not measured, or was so in vain is told of as such', (t) => {
  const gaveUp = makeUpRun({
    engines: ['flux'],
    disturbances: ['edit-env'],
    change: (iteration) => ({ ...iteration, reason: gaveUpReason }),
  }).results;
  const [feature] = featuresOf(gaveUp, analyse(gaveUp));
  t.is(feature?.cellOf('flux'), 'no: it gave up (n = 6)');
  t.is(feature?.cellOf('argocd'), 'not measured');
  const invalid = makeUpRun({
    disturbances: ['edit-env'],
    change: (iteration) => ({ ...iteration, verdict: 'invalid', reason: 'too busy' }),
  }).results;
  t.is(featuresOf(invalid, analyse(invalid))[0]?.cellOf('flux'), 'not measured: 6 invalid');
});

test('an engine that did it in some iterations alone is not said to do it', (t) => {
  const { results } = makeUpRun({
    engines: ['argocd'],
    disturbances: ['scale-up'],
    change: (iteration) =>
      iteration.index > 5 ? { ...iteration, verdict: 'censored', timeToRestoreMs: null } : iteration,
  });
  t.regex(featuresOf(results, analyse(results))[0]?.cellOf('argocd') ?? '', /^in 4 of 6 \(/);
});

test('a feature whose failures are counted is told by them, and not by the times', (t) => {
  const { results } = makeUpRun({
    engines: ['argocd'],
    disturbances: ['edit-env'],
  });
  const cell = (lost: (index: number) => number | null): string | undefined => {
    const told: Results = {
      ...results,
      iterations: results.iterations.map((one, index) => ({ ...one, figures: { lost: lost(index) } })),
      scenario: {
        ...results.scenario,
        disturbances: results.scenario.disturbances.map((one) => ({ ...one, featureFailures: 'lost' })),
      },
    };
    return featuresOf(told, analyse(told))[0]?.cellOf('argocd');
  };
  t.is(
    cell(() => 0),
    'yes (n = 6)',
  );
  t.is(
    cell(() => 2),
    'no (n = 6)',
  );
  t.is(
    cell((index) => (index === results.iterations.length - 1 ? 1 : 0)),
    'in 5 of 6',
  );
  t.is(
    cell(() => null),
    'not measured',
  );
});

test('what a runbook does is done by hand, and no engine can do it by that', (t) => {
  const { results } = makeUpRun({ engines: ['manual'], disturbances: ['edit-env'] });
  t.regex(featuresOf(results, analyse(results))[0]?.cellOf('manual') ?? '', /^by hand \(\d+ ms; n = 6\)$/);
});
