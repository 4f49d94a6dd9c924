import { changesElsewhere, commitReplicas, type Change, type Scenario } from './api.ts';
import { shopIn } from './applications/overlays.ts';

const staging = { name: 'staging', application: shopIn('staging') };
const production = { name: 'production', application: shopIn('production') };

/** A number of replicas is committed for staging, then for production; each cluster has to follow its own folder alone. */
export const replicaChange: Scenario<Change> = {
  name: 'replica-change',
  summary:
    'commit a number of replicas for staging, then for production, and see that the other does not move',
  question:
    'When a number of replicas is committed for one of two clusters, how soon is it ready there, and does the other stay as it is?',
  application: staging.application,
  environments: [staging, production],
  needs: ['kustomize'],
  disturbances: [
    commitReplicas('change-staging', 'staging', 'Deployment/web', 5),
    commitReplicas('promote-to-production', 'production', 'Deployment/web', 5),
  ],
  figures: [changesElsewhere],
};
