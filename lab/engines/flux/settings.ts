import { listAt, textAt, valueAt } from '../../kube/objects.ts';
import type { Lab } from '../../lab.ts';
import type { ComponentSpec } from '../../process/component.ts';
import type { ManagedApplication } from '../engine.ts';
import { readFlagDefaults } from '../program-defaults.ts';
import type { EngineSetting } from '../setting.ts';
import { helmReleasesPath } from './helm-release.ts';
import { automationPaths } from './image-automation.ts';
import { fluxNamespace } from './manifests.ts';

const kustomizationFields = ['interval', 'retryInterval', 'timeout', 'wait', 'prune'];
/** Flags of fluxcd/pkg/runtime and of the controllers that decide on latency (their `--help`). */
const flags = [
  'concurrent',
  'requeue-dependency',
  'interval-jitter-percentage',
  'min-retry-delay',
  'max-retry-delay',
];

function fieldsOf(object: unknown, label: string, fields: readonly string[]): EngineSetting[] {
  return fields
    .map((name) => ({ name, value: valueAt(object, 'spec', name) }))
    .filter(({ value }) => value !== undefined)
    .map(({ name, value }) => ({
      name: `${label} ${name}`,
      value: String(value),
      readFrom: `spec.${name} in the cluster`,
    }));
}

function flagOf(component: RunningController, name: string): string | undefined {
  const prefix = `--${name}=`;
  return component.args.find((arg) => arg.startsWith(prefix))?.slice(prefix.length);
}

/** How a controller runs: its program where that is at hand, and its arguments. */
export type RunningController = Pick<ComponentSpec, 'name' | 'args' | 'environment'> & {
  readonly program: string | undefined;
};

async function flagsOf(component: RunningController): Promise<EngineSetting[]> {
  const { program } = component;
  const defaults =
    program === undefined
      ? new Map<string, string>()
      : await readFlagDefaults(program, component.environment ?? {});
  return flags.flatMap((name) => {
    const set = flagOf(component, name);
    const value = set ?? defaults.get(name);
    const readFrom =
      set === undefined ? 'default in --help of the running program' : 'argument of the running program';
    return value === undefined ? [] : [{ name: `${component.name} --${name}`, value, readFrom }];
  });
}

/** The settings of Flux that decide its speed, read back. */
export async function readFluxSettings(
  lab: Lab,
  application: ManagedApplication,
  components: readonly RunningController[],
  sourceName: string = fluxNamespace,
): Promise<EngineSetting[]> {
  const source = `/apis/source.toolkit.fluxcd.io/v1/namespaces/${fluxNamespace}/gitrepositories`;
  const kustomizations = `/apis/kustomize.toolkit.fluxcd.io/v1/namespaces/${fluxNamespace}/kustomizations`;
  const [repository, found] = await Promise.all([
    lab.access.get(`${source}/${sourceName}`),
    lab.access.get(kustomizations),
  ]);
  const release =
    application.isChart === true ? await lab.access.get(helmReleasesPath(application.namespace)) : undefined;
  const named = listAt(found, 'items').find((item) => textAt(item, 'metadata', 'name') === application.name);
  return [
    ...fieldsOf(repository, 'GitRepository', ['interval', 'timeout']),
    ...fieldsOf(named, 'Kustomization', kustomizationFields),
    ...fieldsOf(listAt(release, 'items')[0], 'HelmRelease', ['interval', 'timeout']),
    ...(application.follows === undefined ? [] : await imageSettings(lab, application.name)),
    ...(await Promise.all(components.map(flagsOf))).flat(),
  ];
}

async function imageSettings(lab: Lab, name: string): Promise<EngineSetting[]> {
  const all = Object.entries(automationPaths).map(async ([kind, path]) =>
    fieldsOf(await lab.access.get(`${path}/${name}`), kind, ['interval']),
  );
  return (await Promise.all(all)).flat();
}
