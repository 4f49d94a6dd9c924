import { findContainerEngine } from '../containers/container-engine.ts';
import type { LabProvider } from '../provider.ts';

/** Labs whose nodes are containers and whose pods are real, made by kind (https://kind.sigs.k8s.io). What starts them is loaded when it is needed. */
export const kind: LabProvider = {
  name: 'kind',
  tools: ['kind', 'web'],
  podsAreSimulated: false,
  abilities: {
    features: ['kustomize', 'ordering', 'helm'],
    registry: true,
    operator: false,
    forges: ['git-http'],
  },
  demand: async (environment) => {
    await findContainerEngine(environment);
  },
  prepare: async (context) => (await import('./kind-lab.ts')).prepareKind(context),
};
