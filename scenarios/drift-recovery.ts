import { editImage, editVariable, remove, scale, type Drift, type Scenario } from './api.ts';
import { shop, greeting, replicas } from './applications/shop.ts';

const namespace = { apiVersion: 'v1', kind: 'Namespace', name: 'shop' };
const deployment = { apiVersion: 'apps/v1', kind: 'Deployment', namespace: 'shop', name: 'web' };
const service = { apiVersion: 'v1', kind: 'Service', namespace: 'shop', name: 'web' };
const configMap = { apiVersion: 'v1', kind: 'ConfigMap', namespace: 'shop', name: 'web' };

/** Someone deletes or edits by hand what Git describes; the engine has to put it back. */
export const driftRecovery: Scenario<Drift> = {
  name: 'drift-recovery',
  summary: 'delete and edit objects by hand, and time how each engine puts them back',
  question: 'When someone changes the cluster by hand, how fast does each engine put it back as Git has it?',
  application: shop,
  disturbances: [
    remove('delete-deployment', deployment, { readies: ['Deployment/web'] }),
    remove('delete-service', service, { readies: ['Endpoints/web'] }),
    remove('delete-configmap', configMap, { readies: ['ConfigMap/web'] }),
    remove('delete-namespace', namespace, {
      alsoGone: [deployment, service, configMap],
      readies: ['Deployment/web', 'Endpoints/web'],
      // Flux waits a minute for a namespace that is being terminated; Argo CD gives up (docs/scenarios/drift-recovery.md).
      knownToTakeMs: { flux: 72_000, argocd: 25_000 },
    }),
    scale('scale-to-zero', deployment, 0),
    scale('scale-up', deployment, replicas + 2),
    scale('scale-down', deployment, replicas - 2),
    editImage('edit-image', deployment, 'web', 'registry.example/shop/web:hotfix'),
    editVariable('edit-env', deployment, 'web', { name: greeting.name, value: 'closed' }),
  ],
};
