import type { LabAbilities } from '../provider.ts';

/** What labs have whose engines run as pods. */
export const podAbilities: LabAbilities = {
  features: ['kustomize', 'ordering', 'helm'],
  registry: true,
  operator: false,
  forges: ['git-http'],
};
