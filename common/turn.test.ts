import test from 'ava';
import { Turn } from './turn.ts';

test('one at a time goes on, in the order in which they came', async (t) => {
  const turn = new Turn();
  const order: string[] = [];
  const visit = async (name: string): Promise<void> => {
    const release = await turn.take();
    order.push(`${name} comes`);
    await Promise.resolve();
    order.push(`${name} goes`);
    release();
  };
  await Promise.all(['first', 'second', 'third'].map(visit));
  t.deepEqual(order, [
    'first comes',
    'first goes',
    'second comes',
    'second goes',
    'third comes',
    'third goes',
  ]);
});

test('giving up a turn twice does not let two go on', async (t) => {
  const turn = new Turn();
  const release = await turn.take();
  release();
  const releaseSecond = await turn.take();
  let thirdCame = false;
  const third = turn.take().then(() => (thirdCame = true));
  release();
  await new Promise(setImmediate);
  t.false(thirdCame);
  releaseSecond();
  t.true(await third);
});
