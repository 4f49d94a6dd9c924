import { messageOf } from '../../common/explained-error.ts';
import type { LabProvider } from '../provider.ts';
import type { examineCluster } from './existing-cluster.ts';
import type { ExistingOptions } from './options.ts';

/** Labs in a cluster that is there, one at a time; it is taken once its user has agreed. What begins them is loaded when it is needed. */
export function existing(options: ExistingOptions): LabProvider {
  let examined: ReturnType<typeof examineCluster> | undefined;
  const examine = async (environment: NodeJS.ProcessEnv): ReturnType<typeof examineCluster> => {
    const { examineCluster: look } = await import('./existing-cluster.ts');
    return (examined ??= look(options, environment));
  };
  return {
    name: 'existing',
    tools: ['web'],
    podsAreSimulated: false,
    abilities: {
      features: ['kustomize'],
      registry: false,
      operator: false,
      forges: ['git-http'],
      isShared: true,
      ...(options.adopt === true ? { sparesEngine: true } : {}),
    },
    demand: async (environment) => {
      await examine(environment);
    },
    examine: async ({ environment }) => {
      const { contextNames } = await import('./contexts.ts');
      try {
        const count = contextNames(environment).length;
        if (count > 0) return { found: [`contexts of the kubeconfig: ${count}`], obstacles: [] };
        const what = 'no kubeconfig names a cluster';
        return { found: [], obstacles: [{ what, remedy: 'name one by KUBECONFIG', isFatal: true }] };
      } catch (error) {
        const remedy = 'mend it, or name others by KUBECONFIG';
        return { found: [], obstacles: [{ what: messageOf(error), remedy, isFatal: true }] };
      }
    },
    prepare: async ({ environment }) => {
      const { place, host } = await examine(environment);
      const { startExistingLab } = await import('./existing-lab.ts');
      return { host, start: async (spec) => startExistingLab(spec, place) };
    },
  };
}
