import { application, remove, scale, type Drift, type LiveObject, type Scenario } from 'gitops-lab';

const labels = { app: 'queue' };

const objects: LiveObject[] = [
  {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: { name: 'worker' },
    spec: {
      replicas: 2,
      selector: { matchLabels: labels },
      template: {
        metadata: { labels },
        spec: { containers: [{ name: 'worker', image: 'registry.example/queue/worker:2.0.1' }] },
      },
    },
  },
  { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'limits' }, data: { jobs: '10' } },
];

const worker = { apiVersion: 'apps/v1', kind: 'Deployment', namespace: 'queue', name: 'worker' };

/** A disturbance that no builder makes: it says what happens, what must be restored, and does it. */
const liftLimits: Drift = {
  name: 'lift-limits',
  kind: 'drift',
  sentence: 'someone lifts the limits of the queue',
  command: 'kubectl apply --server-side --force-conflicts -f limits.yaml',
  target: 'ConfigMap/limits',
  effect: 'changed',
  restores: ['ConfigMap/limits'],
  readies: ['ConfigMap/limits'],
  act: async (access) =>
    access.apply(
      {
        apiVersion: 'v1',
        kind: 'ConfigMap',
        metadata: { namespace: 'queue', name: 'limits' },
        data: { jobs: '1000' },
      },
      'kubectl',
    ),
};

export default {
  name: 'queue-outage',
  summary: 'stop the workers of a queue, and lift its limits',
  question: 'When someone stops the workers by hand, how fast do they work again?',
  application: application({ name: 'queue', objects }),
  disturbances: [
    remove('delete-worker', worker, { readies: ['Deployment/worker'] }),
    scale('stop-workers', worker, 0),
    liftLimits,
  ],
} satisfies Scenario;
