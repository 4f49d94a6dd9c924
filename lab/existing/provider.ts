import { messageOf } from '../../common/explained-error.ts';
import type { LabProvider } from '../provider.ts';
import type { examineClusters } from './existing-cluster.ts';
import type { ExistingOptions } from './options.ts';

/** Labs in clusters that are there, one in each at a time; they are taken once their user has agreed. What begins them is loaded when it is needed. */
export function existing(options: ExistingOptions): LabProvider {
  let examined: ReturnType<typeof examineClusters> | undefined;
  const examine = async (environment: NodeJS.ProcessEnv): ReturnType<typeof examineClusters> => {
    const { examineClusters: look } = await import('./existing-cluster.ts');
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
      clusters: options.context?.length ?? 1,
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
      const { places, host } = await examine(environment);
      const { startExistingLab } = await import('./existing-lab.ts');
      return {
        host,
        start: async (spec) => {
          const place = places[spec.clusterIndex ?? 0];
          if (place === undefined) throw new Error('there are fewer clusters than labs');
          return startExistingLab(spec, place);
        },
      };
    },
  };
}
