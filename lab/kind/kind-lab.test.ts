import test from 'ava';
import { clusterName } from './kind-lab.ts';

test("a cluster's name keeps what tells labs apart, and leaves room for what kind adds", (t) => {
  t.is(clusterName('drift-recovery-flux-1b214b'), 'drift-recovery-flux-1b214b');
  const long = clusterName(`${'a-very-long-scenario-of-my-own-'.repeat(2)}1b214b`);
  t.true(long.endsWith('1b214b'));
  t.true(`${long}-control-plane`.length <= 63);
  t.regex(long, /^[a-z0-9]/);
});
