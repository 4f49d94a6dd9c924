import test from 'ava';
import { WaitMeter } from './wait-meter.ts';

function handClock() {
  let timeMs = 0;
  const clock = { nowMs: () => timeMs, wallTime: () => new Date(0) };
  return { clock, advance: (byMs: number) => (timeMs += byMs) };
}

function deferred<T>() {
  let resolve: (value: T) => void = () => undefined;
  let reject: (error: Error) => void = () => undefined;
  const promise = new Promise<T>((settle, fail) => {
    resolve = settle;
    reject = fail;
  });
  return { promise, resolve, reject };
}

test('waits that overlap count once, and what lies between waits not at all', async (t) => {
  const { clock, advance } = handClock();
  const meter = new WaitMeter(clock);
  const first = deferred<string>();
  const second = deferred<string>();
  advance(5);
  const waits = [meter.during(first.promise)];
  advance(10);
  waits.push(meter.during(second.promise));
  advance(10);
  first.resolve('one');
  t.is(await waits[0], 'one');
  advance(10);
  t.is(meter.totalMs, 30);
  second.resolve('two');
  await Promise.all(waits);
  advance(100);
  t.is(meter.totalMs, 30);
});

test('a wait that fails counts until it does, and its error is passed on', async (t) => {
  const { clock, advance } = handClock();
  const meter = new WaitMeter(clock);
  const failing = deferred<never>();
  const wait = meter.during(failing.promise);
  advance(7);
  failing.reject(new Error('gone'));
  await t.throwsAsync(wait, { message: 'gone' });
  advance(7);
  t.is(meter.totalMs, 7);
});
