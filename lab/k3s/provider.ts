import { wrongUsage } from '../../common/explained-error.ts';
import { findContainerEngine } from '../containers/container-engine.ts';
import { examineContainers } from '../containers/examine.ts';
import { podAbilities } from '../pods/abilities.ts';
import type { LabProvider } from '../provider.ts';
import { chosenK3sImage, withoutK3sImage } from './image.ts';

const k3s: LabProvider = {
  name: 'k3s',
  tools: ['web'],
  podsAreSimulated: false,
  abilities: podAbilities,
  demand: async (environment) => {
    await findContainerEngine(environment);
  },
  examine: async (question) =>
    examineContainers(
      { images: [chosenK3sImage(question.environment)], withoutImage: withoutK3sImage },
      question,
    ),
  prepare: async (context) => (await import('./k3s-lab.ts')).prepareK3s(context),
};

/**
 * Labs whose cluster is one container, and whose pods are real, made by k3s (https://k3s.io) through testcontainers (https://node.testcontainers.org).
 * What starts them is loaded when it is needed. Throws an explained error where more than one node is asked for.
 */
export function k3sLabs({ nodes = 1 }: { readonly nodes?: number | undefined }): LabProvider {
  if (nodes === 1) return k3s;
  throw wrongUsage(`a k3s lab has one node, and not ${nodes}`, 'leave --nodes out, or use --lab kind');
}
