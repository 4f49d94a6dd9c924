import test from 'ava';
import type { Observation } from '../../reports/record/observation.ts';
import { usageByComponent } from './usage.ts';

function sample(
  component: string,
  atMs: number,
  cpuSeconds: number,
  memoryBytes: number,
): Extract<Observation, { type: 'usage' }> {
  return { type: 'usage', engine: 'flux', trial: 1, iteration: 1, component, atMs, cpuSeconds, memoryBytes };
}

test('CPU is what was used between the first sample and the last; memory is the most', (t) => {
  const samples = [
    sample('etcd', 1000, 10, 50),
    sample('kwok', 1000, 0, 7),
    sample('etcd', 3000, 11, 90),
    sample('etcd', 5000, 12, 60),
  ];
  t.deepEqual(usageByComponent(samples), [
    { component: 'etcd', meanCores: 0.5, maxMemoryBytes: 90, samples: 3 },
    { component: 'kwok', meanCores: 0, maxMemoryBytes: 7, samples: 1 },
  ]);
});

test('without samples there is nothing to say', (t) => {
  t.deepEqual(usageByComponent([]), []);
});

test('the CPU of a process that was started again adds to that of the one before it', (t) => {
  const samples = [
    sample('applier', 1000, 10, 1),
    sample('applier', 3000, 12, 1),
    sample('applier', 5000, 1, 1),
  ];
  t.is(usageByComponent(samples)[0]?.meanCores, 0.75);
});
