import { commitRemoval, type Change, type Scenario } from './api.ts';
import { shop } from './applications/shop.ts';

/** A manifest is removed from Git; the engine has to remove its object. */
export const prune: Scenario<Change> = {
  name: 'prune',
  summary: 'remove manifests from Git, and time how each engine removes their objects',
  question: 'When a manifest is removed from Git, how fast does each engine remove its object?',
  application: shop,
  disturbances: [
    commitRemoval('remove-service', 'Service/web', ['Endpoints/web']),
    commitRemoval('remove-deployment', 'Deployment/web'),
    commitRemoval('remove-configmap', 'ConfigMap/web'),
  ],
};
