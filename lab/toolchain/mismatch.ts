import type { Tool, ToolName } from './tool.ts';

const bare = (version: string): string => version.replace(/^v/, '');

/** Major and minor, which Flux has kept alike for its controllers since 2.3 (source 1.3, kustomize 1.3). */
const minorOf = (version: string): string | undefined => /^v?(\d+\.\d+)/.exec(version)?.[1];

function describeFlux(tools: ReadonlyMap<ToolName, Tool>): string[] {
  const [source, kustomize] = [tools.get('source-controller'), tools.get('kustomize-controller')];
  if (source === undefined || kustomize === undefined) return [];
  const unknown = [source, kustomize].filter(({ version }) => minorOf(version) === undefined);
  if (unknown.length > 0) {
    const names = unknown.map(({ name }) => name).join(' and ');
    return [
      `the version of ${names} is unknown, so it can't be said whether the Flux controllers are of one release`,
    ];
  }
  if (minorOf(source.version) === minorOf(kustomize.version)) return [];
  return [
    `source-controller ${bare(source.version)} and kustomize-controller ${bare(kustomize.version)} are not of one Flux release`,
  ];
}

function describeFluxProgram(tools: ReadonlyMap<ToolName, Tool>): string[] {
  const [flux, kustomize] = [tools.get('flux'), tools.get('kustomize-controller')];
  const [fluxMinor, controllerMinor] = [flux, kustomize].map(
    (tool) => minorOf(tool?.version ?? '')?.split('.')[1],
  );
  if (
    flux === undefined ||
    kustomize === undefined ||
    fluxMinor === undefined ||
    controllerMinor === undefined
  )
    return [];
  if (fluxMinor === controllerMinor) return [];
  return [
    `flux ${bare(flux.version)} and kustomize-controller ${bare(kustomize.version)} are not of one Flux release`,
  ];
}

function describeRedis(tools: ReadonlyMap<ToolName, Tool>): string[] {
  const redis = tools.get('redis');
  if (redis?.origin !== 'go') return [];
  return [
    `redis-server is miniredis ${bare(redis.version)}, which stands in for Redis as the cache of Argo CD where that runs as processes`,
  ];
}

/** Plain sentences for a report about programs that do not belong together, or stand in for others. */
export function describeMismatch(tools: ReadonlyMap<ToolName, Tool>): string[] {
  return [...describeFlux(tools), ...describeFluxProgram(tools), ...describeRedis(tools)];
}
