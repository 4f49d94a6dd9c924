import test from 'ava';
import { waitUntil } from './wait.ts';

const signal = new AbortController().signal;
const goal = 'the API server to be ready';

test('the first value that the probe gives ends the wait', async (t) => {
  const answers = [undefined, undefined, 'ready', 'too late'];
  const probe = async () => Promise.resolve(answers.shift());
  t.is(await waitUntil(probe, { goal, timeoutMs: 5000, everyMs: 1, signal }), 'ready');
  t.deepEqual(answers, ['too late']);
});

test('what the probe throws is told at the time-out', async (t) => {
  const probe = async () => Promise.reject(new Error('connection refused'));
  await t.throwsAsync(waitUntil(probe, { goal, timeoutMs: 10, everyMs: 1, signal }), {
    message: 'waited 10 ms in vain for the API server to be ready',
    name: 'ExplainedError',
  });
  const error = await t.throwsAsync(waitUntil(probe, { goal, timeoutMs: 10, everyMs: 1, signal }));
  t.like(error, { why: 'connection refused' });
});

test('a wait that has become hopeless ends with the reason, long before the time-out', async (t) => {
  const hopeless = Promise.resolve('it ended with exit code 1');
  const wait = waitUntil(async () => Promise.resolve(undefined), {
    goal,
    timeoutMs: 60_000,
    signal,
    hopeless,
  });
  const error = await t.throwsAsync(wait);
  t.like(error, { message: `waited in vain for ${goal}`, why: 'it ended with exit code 1' });
});

test('an abort ends the wait with its own reason, also between two probes', async (t) => {
  const controller = new AbortController();
  const reason = new Error('stopped by the user');
  const probe = async () => {
    setImmediate(() => {
      controller.abort(reason);
    });
    return Promise.resolve(undefined);
  };
  const options = { goal, timeoutMs: 60_000, everyMs: 60_000, signal: controller.signal };
  t.is(await t.throwsAsync(waitUntil(probe, options)), reason);
  t.is(await t.throwsAsync(waitUntil(probe, options)), reason);
});
