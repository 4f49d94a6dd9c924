import test from 'ava';
import { parseCpuTimes, watchMachine } from './machine.ts';

test('time stolen by the host is the eighth figure, and time of guests is not counted twice', (t) => {
  const stat = 'cpu  100 0 50 800 10 0 5 35 90 0\ncpu0 50 0 25 400 5 0 2 17 45 0\nintr 1\n';
  t.deepEqual(parseCpuTimes(stat), { total: 1000, stolen: 35 });
});

test('a system that tells no stolen time gives none', (t) => {
  t.is(parseCpuTimes('cpu  100 0 50 800\n'), null);
  t.is(parseCpuTimes(''), null);
});

test('a harness that is kept from its work says for how long', (t) => {
  const gauge = watchMachine();
  const endMs = performance.now() + 300;
  while (performance.now() < endMs);
  const { heldUpMs, loadAverage, cores } = gauge.read();
  gauge.stop();
  t.true(heldUpMs > 100 && heldUpMs < 2000, `${heldUpMs}`);
  t.true(loadAverage >= 0 && cores >= 1);
});
