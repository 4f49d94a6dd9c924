import test from 'ava';
import { readSummary } from './pod-usage.ts';

const pod = (namespace: string, name: string, rest: object) => ({ podRef: { namespace, name }, ...rest });

test('of each pod of an engine CPU and memory are read, and of applications nothing', (t) => {
  const cpu = { usageCoreNanoSeconds: 2_500_000_000 };
  const memory = { workingSetBytes: 1024 };
  const summary = {
    pods: [
      pod('flux-system', 'source-controller-7', { cpu, memory }),
      pod('shop', 'web-1', { cpu, memory }),
      pod('argocd', 'just-started', {}),
    ],
  };
  t.deepEqual(
    readSummary(summary, (namespace, name) => `${namespace}/${name}`),
    [{ component: 'flux-system/source-controller-7', cpuSeconds: 2.5, memoryBytes: 1024 }],
  );
});
