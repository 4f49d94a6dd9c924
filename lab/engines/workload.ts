import type { KubeAccess } from '../kube/kube-access.ts';
import { listAt, textAt, valueAt } from '../kube/objects.ts';

/** How a cluster would run the first container of a workload. */
export interface ContainerCommand {
  readonly args: readonly string[];
  /** Variables with a literal value or one from a ConfigMap; those from Secrets and fields are left out. */
  readonly environment: Readonly<Record<string, string>>;
}

type ConfigMaps = ReadonlyMap<string, Readonly<Record<string, string>>>;

function valueOf(variable: unknown, configMaps: ConfigMaps): string | undefined {
  const literal = valueAt(variable, 'value');
  if (typeof literal === 'string') return literal;
  const reference = valueAt(variable, 'valueFrom', 'configMapKeyRef');
  return configMaps.get(textAt(reference, 'name'))?.[textAt(reference, 'key')];
}

/**
 * The command line and the environment that a Deployment or StatefulSet sets, so that a program on the host
 * runs as the cluster says. `$(NAME)` in arguments is left as it is.
 */
export function containerCommand(workload: unknown, configMaps: ConfigMaps): ContainerCommand {
  const container = listAt(workload, 'spec', 'template', 'spec', 'containers')[0];
  const variables = listAt(container, 'env').map((variable) => [
    textAt(variable, 'name'),
    valueOf(variable, configMaps),
  ]);
  return {
    args: listAt(container, 'args').filter((arg) => typeof arg === 'string'),
    environment: Object.fromEntries(variables.filter(([, value]) => value !== undefined)) as Record<
      string,
      string
    >,
  };
}

/** The data of every ConfigMap of a namespace, by name. */
export async function readConfigMaps(access: KubeAccess, namespace: string): Promise<ConfigMaps> {
  const answer = await access.get(`/api/v1/namespaces/${namespace}/configmaps`);
  return new Map(
    listAt(answer, 'items').map((item) => [
      textAt(item, 'metadata', 'name'),
      (valueAt(item, 'data') ?? {}) as Record<string, string>,
    ]),
  );
}

/** Replaces or adds `--name=value` arguments. */
export function overrideArguments(
  args: readonly string[],
  overrides: Readonly<Record<string, string>>,
): string[] {
  const kept = args.filter(
    (arg) => !Object.keys(overrides).some((name) => arg === `--${name}` || arg.startsWith(`--${name}=`)),
  );
  return [...kept, ...Object.entries(overrides).map(([name, value]) => `--${name}=${value}`)];
}
