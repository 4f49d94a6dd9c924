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
    },
    demand: async (environment) => {
      await examine(environment);
    },
    prepare: async ({ environment }) => {
      const { place, host } = await examine(environment);
      const { startExistingLab } = await import('./existing-lab.ts');
      return { host, start: async (spec) => startExistingLab(spec, place) };
    },
  };
}
