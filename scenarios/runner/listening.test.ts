import test from 'ava';
import type { Observation } from '../../reports/record/observation.ts';
import { factAt } from '../testing/facts.ts';
import { nothingKnown } from './cluster-state.ts';
import { listen, noteTally } from './listening.ts';
import type { Observer } from './observer.ts';

const released = 'c0ffee';
const name = 'good-rollout';
const notice = { outcome: 'succeeded', waitMs: 60_000, listenMs: 1 } as const;

/** An observer that keeps what is noted, and tells it to who listens. */
function memory(): { readonly observer: Observer; readonly noted: Observation[] } {
  const noted: Observation[] = [];
  const waiters = new Set<(fact: Observation) => void>();
  const observer: Observer = {
    state: () => nothingKnown,
    enter: () => undefined,
    expect: () => undefined,
    note: (fact) => {
      const whole = factAt(noted.length, fact);
      noted.push(whole);
      for (const waiter of [...waiters]) waiter(whole);
    },
    subscribe: (waiter) => {
      waiters.add(waiter);
      return () => waiters.delete(waiter);
    },
  };
  return { observer, noted };
}

function setUp(waitMs: number = notice.waitMs) {
  const { observer, noted } = memory();
  const context = {
    observer,
    engine: { notices: { tally: async () => Promise.resolve({ sent: 3, givenUp: 1 }) } },
    signal: new AbortController().signal,
    waiting: async <T>(wait: Promise<T>) => wait,
    onActivity: () => undefined,
  };
  const listening = listen(context, { name, notice: { ...notice, waitMs } });
  observer.note({ type: 'disturbed', what: 'Release 2', revision: released });
  const tell = (revision: string, outcome: 'succeeded' | 'other' = 'succeeded') => {
    observer.note({
      type: 'notification',
      object: 'Kustomization/shop',
      reason: 'Progressing',
      revision,
      outcome,
    });
  };
  return { context, listening, noted, tell };
}

test('it waits for what is owed for the commit of the disturbance, and for nothing else', async (t) => {
  const { listening, noted, tell } = setUp();
  let hasEnded = false;
  const end = listening.conclude().then(() => (hasEnded = true));
  tell('another');
  tell(released, 'other');
  for (let turn = 0; turn < 20; turn += 1) await new Promise(setImmediate);
  t.false(hasEnded);
  tell(released);
  await end;
  t.like(noted.at(-2), { type: 'notice-tally', sent: 3, givenUp: 1 });
  t.like(noted.at(-1), { type: 'listened', outcome: 'succeeded', revision: released });
});

test('what came before is not waited for again', async (t) => {
  const { listening, noted, tell } = setUp();
  tell(released);
  await listening.conclude();
  t.is(noted.at(-1)?.type, 'listened');
});

test('what never comes ends the listening when its time is over', async (t) => {
  const { listening, noted } = setUp(5);
  await listening.conclude();
  t.is(noted.at(-1)?.type, 'listened');
});

test('nothing is waited for or noted where nothing is owed', async (t) => {
  const { context, noted } = setUp();
  const before = noted.length;
  await noteTally(context, { name });
  await listen(context, { name }).conclude();
  t.is(noted.length, before);
});

test('an engine that sends no notifications is refused', async (t) => {
  const { context } = setUp();
  await t.throwsAsync(noteTally({ ...context, engine: {} }, { name, notice }), {
    message: /needs an engine that sends notifications/,
  });
});
