import type { LabProvider } from '../provider.ts';

/** Labs of machines that Vagrant makes and Ansible turns into a cluster, and whose pods are real. What starts them is loaded when it is needed. */
export const vagrant: LabProvider = {
  name: 'vagrant',
  tools: ['web'],
  podsAreSimulated: false,
  abilities: {
    features: ['kustomize', 'ordering', 'helm'],
    registry: true,
    operator: false,
    forges: ['git-http'],
  },
  demand: async (environment) => {
    await (await import('./prepare.ts')).demandPrograms(environment);
  },
  prepare: async (context) => (await import('./prepare.ts')).prepareVagrant(context),
};
