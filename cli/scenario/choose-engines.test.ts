import test from 'ava';
import { ExplainedError } from '../../common/explained-error.ts';
import { demandEngines, enginesOf } from './choose-engines.ts';

const scenarios = [
  { name: 'drift-recovery' },
  { name: 'manual-baseline', engines: ['flux', 'argocd', 'manual'] },
] as const;
const registry = { engines: ['flux', 'argocd'] } as const;

test('a scenario that names no engines takes all that are registered', (t) => {
  t.deepEqual(enginesOf({}, registry), ['flux', 'argocd']);
  t.deepEqual(enginesOf(scenarios[1], registry), ['flux', 'argocd', 'manual']);
});

test('an engine that a scenario has no use for is refused with what to run instead', (t) => {
  const error = t.throws(
    () => {
      demandEngines('drift-recovery', ['flux', 'manual'], registry.engines, scenarios);
    },
    { instanceOf: ExplainedError },
  );
  t.is(error.message, "drift-recovery can't be run with --engine manual");
  t.is(error.next, 'it takes flux, argocd; with manual: npm run scenario -- manual-baseline --engine manual');
  t.is(error.exitCode, 2);
});

test('what it can be run with, or nothing at all, is no mistake', (t) => {
  t.notThrows(() => {
    demandEngines('manual-baseline', ['manual'], scenarios[1].engines, scenarios);
    demandEngines('drift-recovery', undefined, registry.engines, scenarios);
  });
});
