import { engineFeatures } from '../engine-feature.ts';
import { forgeNames } from '../forge/forge.ts';
import type { LabProvider } from '../provider.ts';

/** Labs whose control plane and engines are processes of this machine, and whose pods are simulated. What starts them is loaded when it is needed. */
export const embedded: LabProvider = {
  name: 'embedded',
  tools: ['etcd', 'kubernetes', 'kwok'],
  podsAreSimulated: true,
  abilities: { features: engineFeatures, registry: true, operator: true, forges: forgeNames },
  demand: async () => Promise.resolve(),
  examine: async () => Promise.resolve({ found: [], obstacles: [] }),
  prepare: async ({ tools }) => {
    const { startEmbeddedLab } = await import('./embedded-lab.ts');
    return { host: { address: '127.0.0.1' }, start: async (spec) => startEmbeddedLab(spec, tools) };
  },
};
