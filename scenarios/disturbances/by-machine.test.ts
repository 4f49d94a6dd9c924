import test from 'ava';
import { wholeShop } from '../applications/shop.ts';
import { scribe } from '../testing/scribe.ts';
import { loseController, losePower, rebuildWorker } from './by-machine.ts';

test('a worker that is lost stays off, and the times count before Kubernetes misses it', async (t) => {
  const { hands, done } = scribe();
  await losePower('off', 'engine', wholeShop).act(hands);
  t.deepEqual(done, ['worker with engine', 'off worker-1', 'release', 'begin', 'missed worker-1']);
});

test('a worker that is made anew has to be missed, and to be Ready since', async (t) => {
  const { hands, done } = scribe();
  await rebuildWorker('anew', wholeShop).act(hands);
  t.deepEqual(done.slice(0, 4), ['worker with no engine', 'off worker-1', 'release', 'begin']);
  t.deepEqual(new Set(done.slice(4, 6)), new Set(['rebuild worker-1', 'missed worker-1']));
  t.is(done.at(-1), 'back worker-1');
});

test('the times of a lost controller count from when it is turned on', async (t) => {
  const { hands, done } = scribe();
  await loseController('off', { ...wholeShop, longestMs: 30_000 }).act(hands);
  t.deepEqual(done, [
    'off controller',
    'wait 15000 to 30000',
    'release',
    'begin',
    'on controller',
    'back controller',
  ]);
});
