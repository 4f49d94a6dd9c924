import test from 'ava';
import type { ClientRequest } from './client-requests.ts';
import { gapsOf, summarizeRequests } from './summary.ts';

/** Requests every 20 ms from 0 on, each answered after 5 ms: `.` succeeds and `x` fails. */
function every20ms(outcomes: string): ClientRequest[] {
  return [...outcomes].map((outcome, index) => ({
    sentAtMs: index * 20,
    endedAtMs: index * 20 + 5,
    hasFailed: outcome === 'x',
    latencyMs: 5,
  }));
}

const all = { fromMs: 0, toMs: Infinity };

test('a gap lasts from the last success before failures to the first after them', (t) => {
  t.deepEqual(gapsOf(every20ms('..xxx..x.')), [
    { fromMs: 20, toMs: 100, failed: 3, isOpen: false },
    { fromMs: 120, toMs: 160, failed: 1, isOpen: false },
  ]);
  t.deepEqual(gapsOf(every20ms('....')), []);
  t.deepEqual(gapsOf([]), []);
});

test('a gap without a success before it begins with the first failure, and one without an end lasts until the last', (t) => {
  t.deepEqual(gapsOf(every20ms('xx.')), [{ fromMs: 0, toMs: 40, failed: 2, isOpen: false }]);
  t.deepEqual(gapsOf(every20ms('.xx')), [{ fromMs: 0, toMs: 40, failed: 2, isOpen: true }]);
});

test('a request that hangs until its time-out breaks no gap and makes none of those that succeed meanwhile', (t) => {
  const [first, hanging, ...rest] = every20ms('.x...');
  const requests = [first, hanging && { ...hanging, endedAtMs: 1020 }, ...rest].filter(
    (one) => one !== undefined,
  );
  t.deepEqual(gapsOf(requests), [{ fromMs: 0, toMs: 40, failed: 1, isOpen: false }]);
});

test('what ended before the disturbance does not count, but for the success that a gap begins with', (t) => {
  const summary = summarizeRequests(
    { requests: every20ms('x..xx..'), unsent: 2 },
    { fromMs: 60, toMs: 1000 },
  );
  t.like(summary, { sent: 4, failed: 2, failedBefore: 1, unsent: 2, p95Ms: 5 });
  t.deepEqual(summary.gaps, [{ fromMs: 40, toMs: 100, failed: 2, isOpen: false }]);
});

test('only what failed shortly before the disturbance speaks against the steady state', (t) => {
  const [failure] = every20ms('x');
  const requests = failure === undefined ? [] : [failure];
  const failedBefore = (fromMs: number) =>
    summarizeRequests({ requests, unsent: 0 }, { fromMs, toMs: Infinity }).failedBefore;
  t.is(failedBefore(2000), 1);
  t.is(failedBefore(2010), 0);
});

test('a request that was on its way when the disturbance was sent counts', (t) => {
  t.like(summarizeRequests({ requests: every20ms('.x.'), unsent: 0 }, { fromMs: 22, toMs: 1000 }), {
    sent: 2,
    failed: 1,
    failedBefore: 0,
  });
});

test('what had not ended when watching did says nothing', (t) => {
  const summary = summarizeRequests({ requests: every20ms('..xx'), unsent: 0 }, { fromMs: 0, toMs: 50 });
  t.like(summary, { sent: 3, failed: 1 });
  t.deepEqual(summary.gaps, [{ fromMs: 20, toMs: 40, failed: 1, isOpen: true }]);
});

test('latency is of the requests that succeeded, and none where none did', (t) => {
  const requests = every20ms('.'.repeat(101)).map((one, index) => ({ ...one, latencyMs: index }));
  const slowFailure = { sentAtMs: 9000, endedAtMs: 9999, hasFailed: true, latencyMs: 999 };
  t.is(summarizeRequests({ requests: [...requests, slowFailure], unsent: 0 }, all).p95Ms, 95);
  t.is(summarizeRequests({ requests: [slowFailure], unsent: 0 }, all).p95Ms, null);
});
