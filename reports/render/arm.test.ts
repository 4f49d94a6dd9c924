import test from 'ava';
import { gaveUpReason } from '../record/given-up.ts';
import type { Iteration } from '../record/schema.ts';
import { makeUpRun } from '../testing/made-up-run.ts';
import { analyseArm, type Arm } from './arm.ts';
import type { TimeName } from './names.ts';

function armOf(time: TimeName, censoredAs: Partial<Iteration>): Arm {
  const { results } = makeUpRun({
    change: (iteration) => (iteration.verdict === 'censored' ? { ...iteration, ...censoredAs } : iteration),
  });
  return analyseArm(results, { engine: 'flux', disturbance: 'edit-env', time });
}

test('a censored iteration is longer than it was watched', (t) => {
  const { samples } = armOf('restore', { watchedForMs: 7000 });
  t.like(samples[0], { valueMs: 7000, isCensored: true, hasGivenUp: false });
});

test('one that the engine gave up is known by its reason', (t) => {
  const { samples } = armOf('restore', { reason: `not corrected within 9.00 s: ${gaveUpReason}` });
  t.is(samples.length, 6);
  t.true(samples.every(({ hasGivenUp }) => hasGivenUp === true));
});

test('what was restored but never settled has times for what came, and a bound for what did not', (t) => {
  const restored = { timeToDetectMs: null, timeToRestoreMs: 900, timeToReadyMs: 1200, timeToSettleMs: null };
  t.true(armOf('restore', restored).samples.every(({ isCensored }) => !isCensored));
  t.true(armOf('settle', restored).samples.every(({ isCensored }) => isCensored));
  const { samples, unobservedCount } = armOf('detect', restored);
  t.deepEqual([samples.length, unobservedCount], [0, 6], 'missed, not longer than five minutes');
});
