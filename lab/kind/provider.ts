import { findContainerEngine } from '../containers/container-engine.ts';
import { examineContainers } from '../containers/examine.ts';
import { engineFeatures } from '../engine-feature.ts';
import { forgeNames } from '../forge/forge.ts';
import type { LabProvider } from '../provider.ts';
import { nodeImages, withoutNodeImage } from '../containers/node-image.ts';

/** Labs whose nodes are containers and whose pods are real, made by kind (https://kind.sigs.k8s.io). What starts them is loaded when it is needed. */
export const kind: LabProvider = {
  name: 'kind',
  tools: ['kind', 'web'],
  podsAreSimulated: false,
  abilities: {
    features: engineFeatures,
    registry: true,
    operator: true,
    forges: forgeNames,
    machines: 'power',
  },
  demand: async (environment) => {
    await findContainerEngine(environment);
  },
  examine: async (question) =>
    examineContainers({ images: nodeImages(question.environment), withoutImage: withoutNodeImage }, question),
  prepare: async (context) => (await import('./kind-lab.ts')).prepareKind(context),
};
