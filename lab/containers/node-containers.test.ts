import test from 'ava';
import type { ContainerEngine } from './container-engine.ts';
import { nodeContainers } from './node-containers.ts';

test('the first node that ends is told, and all of them are killed at once', async (t) => {
  const asked: string[] = [];
  const engine: ContainerEngine = {
    name: 'docker',
    version: '1',
    cgroupVersion: 2,
    run: async (args) => {
      asked.push(args.join(' '));
      if (args.join(' ') === 'wait two') return Promise.resolve('137\n');
      return args[0] === 'wait' ? new Promise<string>(() => undefined) : Promise.resolve('');
    },
  };
  const { untilOneEnds, kill } = nodeContainers(engine, ['one', 'two']);
  const broken = await untilOneEnds(new AbortController().signal);
  t.deepEqual(broken, { name: 'two', how: 'the node ended with exit code 137' });
  await kill();
  t.is(asked.at(-1), 'kill one two');
});

test('a node that is turned off is missed by nobody until it is back', async (t) => {
  const asked: string[] = [];
  const ends: (() => void)[] = [];
  const engine: ContainerEngine = {
    name: 'docker',
    version: '1',
    cgroupVersion: 2,
    run: async (args) => {
      asked.push(args.join(' '));
      if (args[0] !== 'wait') return '';
      return new Promise<string>((resolve) => {
        ends.push(() => {
          resolve('137\n');
        });
      });
    },
  };
  const nodes = nodeContainers(engine, ['one']);
  const broken = nodes.untilOneEnds(new AbortController().signal);
  await nodes.powerOff('one');
  ends[0]?.();
  await new Promise(setImmediate);
  await nodes.kill();
  t.is(asked.at(-1), 'kill one', 'one that is off is not killed again');
  await nodes.powerOn('one');
  t.deepEqual(asked, ['wait one', 'kill one', 'start one', 'wait one']);
  ends[1]?.();
  t.deepEqual(await broken, { name: 'one', how: 'the node ended with exit code 137' });
});
