import test from 'ava';
import { goStep } from './go-command.ts';

test('what Go says is told as what it does', (t) => {
  t.is(goStep('k8s.io/api/core/v1'), 'compiling k8s.io/api/core/v1');
  t.is(goStep('go: downloading golang.org/x/net v0.56.0'), 'downloading golang.org/x/net v0.56.0');
});
