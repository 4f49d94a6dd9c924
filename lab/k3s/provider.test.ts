import test from 'ava';
import { ExplainedError, exitCodes } from '../../common/explained-error.ts';
import { serverArguments } from './k3s-container.ts';
import { k3sLabs } from './provider.ts';

test('a lab has one node, and is refused where more are asked for', (t) => {
  t.is(k3sLabs({}).name, 'k3s');
  t.is(k3sLabs({ nodes: 1 }).name, 'k3s');
  const error = t.throws(() => k3sLabs({ nodes: 3 }), { instanceOf: ExplainedError });
  t.is(error?.exitCode, exitCodes.wrongUsage);
  t.regex(error?.next ?? '', /--lab kind/);
});

test('a kubelet may run on cgroup v1, and is not told so elsewhere', (t) => {
  t.true(serverArguments(1).includes('--kubelet-arg=fail-cgroupv1=false'));
  t.is(serverArguments(2).length, 2);
});
