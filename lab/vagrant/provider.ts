import { podAbilities } from '../pods/abilities.ts';
import type { LabProvider } from '../provider.ts';

/** Labs of machines that Vagrant makes and Ansible turns into a cluster, and whose pods are real. What starts them is loaded when it is needed. */
export const vagrant: LabProvider = {
  name: 'vagrant',
  tools: ['web'],
  podsAreSimulated: false,
  abilities: { ...podAbilities, machines: 'rebuild' },
  demand: async (environment) => {
    await (await import('./prepare.ts')).demandPrograms(environment);
  },
  examine: async ({ environment }) => (await import('./prepare.ts')).examinePrograms(environment),
  prepare: async (context) => (await import('./prepare.ts')).prepareVagrant(context),
};
