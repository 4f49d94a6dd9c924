import test from 'ava';
import { ExplainedError } from '../../common/explained-error.ts';
import { parseThreshold } from './parse.ts';
import { targetsOf, type RunScope } from './targets.ts';

const scope: RunScope = {
  engines: ['flux', 'argocd'],
  disturbances: [
    { name: 'scale-up', kind: 'drift' },
    { name: 'edit-env', kind: 'drift' },
    { name: 'bad-image', kind: 'change' },
  ],
  leftOut: ['delete-service'],
};

function targetsIn(start: string, within = scope): string[] {
  const threshold = parseThreshold(`${start}.timeToRestore.p95 < 30s`, '--threshold');
  return targetsOf(threshold, within).map(({ engine, disturbance }) => `${engine} ${disturbance.name}`);
}

function refusal(start: string, within = scope): string {
  try {
    targetsIn(start, within);
  } catch (error) {
    if (error instanceof ExplainedError && error.exitCode === 2)
      return `${error.message} / ${error.next ?? ''}`;
    throw error;
  }
  throw new Error(`${start} was taken`);
}

test('a name stands for itself, and a star for each of the run', (t) => {
  t.deepEqual(targetsIn('flux.drift.scale-up'), ['flux scale-up']);
  t.deepEqual(targetsIn('*.*.edit-env'), ['flux edit-env', 'argocd edit-env']);
  t.deepEqual(targetsIn('argocd.drift.*'), ['argocd scale-up', 'argocd edit-env']);
  t.is(targetsIn('*.*.*').length, 6);
});

test('an engine that the run does not measure is refused', (t) => {
  const alone: RunScope = { ...scope, engines: ['flux'] };
  t.regex(
    refusal('argocd.drift.scale-up', alone),
    /'argocd\.drift\.scale-up.*the run does not measure argocd \/ it measures flux;/,
  );
});

test('a misspelled disturbance gets the nearest right one, and one that is left out its reason', (t) => {
  t.regex(refusal('flux.drift.scaleup'), /unknown disturbance "scaleup" \/ did you mean "scale-up"\?/);
  t.regex(
    refusal('flux.drift.delete-service'),
    /the run does not make delete-service \/ it makes scale-up, edit-env, bad-image;/,
  );
});

test('a kind that the disturbance, or the run, does not have is refused', (t) => {
  t.regex(refusal('flux.change.scale-up'), /scale-up is not of kind change \/ write drift or \*/);
  t.regex(refusal('flux.fault.*'), /no disturbance of kind fault \/ write drift and change or \*/);
});
