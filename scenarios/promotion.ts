import {
  approvals,
  promoteRelease,
  refusedMerges,
  refusedPushes,
  type Change,
  type Scenario,
} from './api.ts';
import { shop } from './applications/shop.ts';

/** A release reaches the cluster by a reviewed pull request, and by no other way. */
export const promotion: Scenario<Change> = {
  name: 'promotion',
  summary: 'promote a release by a reviewed pull request, and time how it gets from its merge to the cluster',
  question:
    'Can a release get into production unreviewed, and how fast is it there once its pull request is merged?',
  application: shop,
  disturbances: [
    promoteRelease('promote-release', 'Deployment/web', 'web', 'registry.example/shop/web:1.5.0'),
  ],
  figures: [refusedPushes, refusedMerges, approvals],
  forge: 'gitea',
  iterations: 5,
};
