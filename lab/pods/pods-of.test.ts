import test from 'ava';
import { componentOf } from './pods-of.ts';

test('a pod is named after the part that it belongs to', (t) => {
  const named = (labels: Record<string, string>) => componentOf({ metadata: { name: 'pod-7', labels } });
  t.is(named({ app: 'source-controller' }), 'source-controller');
  t.is(named({ 'app.kubernetes.io/name': 'argocd-server' }), 'argocd-server');
  t.is(named({ component: 'etcd', tier: 'control-plane' }), 'etcd');
  t.is(named({ 'k8s-app': 'kube-dns' }), 'kube-dns');
  t.is(named({}), 'pod-7');
});
