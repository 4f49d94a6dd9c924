import { editImage, editVariable, remove, revertRelease, scale, type Change, type Drift } from '../api.ts';
import { greeting, replicas } from './shop.ts';

const namespace = { apiVersion: 'v1', kind: 'Namespace', name: 'shop' };
const deployment = { apiVersion: 'apps/v1', kind: 'Deployment', namespace: 'shop', name: 'web' };
const service = { apiVersion: 'v1', kind: 'Service', namespace: 'shop', name: 'web' };
const configMap = { apiVersion: 'v1', kind: 'ConfigMap', namespace: 'shop', name: 'web' };

/** Someone deletes or edits by hand what Git says of the shop. */
export const shopDrift: readonly Drift[] = [
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
];

/** Someone takes back a release of the shop whose pods never become ready. */
export const revertBadRelease: Change = {
  ...revertRelease('revert-release', 'Deployment/web', 'web', 'registry.example/shop/web:1.5.0-broken'),
  // Flux does not look at the revert until it has given up on the bad release (docs/scenarios.md).
  knownToTakeMs: { flux: 40_000 },
};
