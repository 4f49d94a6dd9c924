import test from 'ava';
import type { MadeStep, StartedEngine } from '../../lab/engines/engine.ts';
import { callOut } from './call-out.ts';

type ByHand = NonNullable<StartedEngine['byHand']>;

/** What a call needs of a trial, with what was noted meanwhile. */
function contextWith(byHand: ByHand | undefined) {
  const noted: object[] = [];
  const context = {
    engine: { byHand },
    observer: { note: (fact: object) => void noted.push(fact) },
    signal: new AbortController().signal,
  };
  return { context, noted };
}

const deploy = async (): Promise<void> => Promise.resolve();
const step: MadeStep = { step: 'run', what: 'helm rollback shop', machineMs: 1, personMs: 2 };

test('nobody is called where an engine notices by itself', async (t) => {
  const { context, noted } = contextWith(undefined);
  const { failed, end } = callOut(context, 'scale-up');
  await end();
  t.false(failed.aborted);
  t.deepEqual(noted, []);
});

test('who is called is told the disturbance, and every step is recorded', async (t) => {
  const { context, noted } = contextWith({
    deploy,
    callOut: async (disturbance, { onStep }) => {
      t.is(disturbance, 'scale-up');
      onStep(step);
      return Promise.resolve();
    },
  });
  const { failed, end } = callOut(context, 'scale-up');
  await end();
  t.false(failed.aborted);
  t.deepEqual(noted, [{ type: 'runbook-step', ...step }]);
});

test('a runbook that fails is told at once, with its error', async (t) => {
  const error = new Error('step 1 failed');
  const { context } = contextWith({ deploy, callOut: async () => Promise.reject(error) });
  const { failed } = callOut(context, 'scale-up');
  await new Promise((resolve) => {
    failed.addEventListener('abort', resolve, { once: true });
  });
  t.is(failed.reason, error);
});

test('the end of an iteration ends a runbook that still goes on, and waits for it', async (t) => {
  let hasEnded = false;
  const { context } = contextWith({
    deploy,
    callOut: async (_, { signal }) =>
      new Promise((_resolve, reject) => {
        signal.addEventListener('abort', () => {
          hasEnded = true;
          reject(new Error('ended'));
        });
      }),
  });
  await callOut(context, 'scale-up').end();
  t.true(hasEnded);
});
