import { valueAt } from '../../kube/objects.ts';
import type { Lab } from '../../lab.ts';
import type { ComponentSpec } from '../../process/component.ts';
import type { ManagedApplication } from '../engine.ts';
import { readFlagDefaults } from '../program-defaults.ts';
import type { EngineSetting } from '../setting.ts';
import { argocdNamespace } from './manifests.ts';

/** Flags of the application controller that decide on latency (its `--help`). */
const flags = [
  'app-resync',
  'app-resync-jitter',
  'self-heal-timeout-seconds',
  'self-heal-backoff-timeout-seconds',
  'self-heal-backoff-factor',
  'self-heal-backoff-cap-seconds',
  'self-heal-backoff-cooldown-seconds',
  'status-processors',
  'operation-processors',
  'server-side-diff-enabled',
];

/** How often the Image Updater reads tags, where it runs. */
function intervalOf(updater: ComponentSpec | undefined): EngineSetting[] {
  const prefix = '--interval=';
  const value = updater?.args.find((arg) => arg.startsWith(prefix))?.slice(prefix.length);
  if (updater === undefined || value === undefined) return [];
  return [{ name: `${updater.name} --interval`, value, readFrom: 'argument of the running program' }];
}

/** How the application controller runs: its environment, and its program where that is at hand. */
export type RunningController = Pick<ComponentSpec, 'name' | 'environment'> & {
  readonly program: string | undefined;
};

async function flagsOf({ name, program, environment = {} }: RunningController): Promise<EngineSetting[]> {
  if (program === undefined) return [];
  const defaults = await readFlagDefaults(program, environment);
  return flags.map((flag) => ({
    name: `${name} --${flag}`,
    value: defaults.get(flag) ?? 'off',
    readFrom: '--help of the program in its running environment',
  }));
}

/** The settings of Argo CD that decide its speed, read back. */
export async function readArgocdSettings(
  lab: Lab,
  application: ManagedApplication,
  controller: RunningController,
  updater: ComponentSpec | undefined,
): Promise<EngineSetting[]> {
  const applications = `/apis/argoproj.io/v1alpha1/namespaces/${argocdNamespace}/applications`;
  const live = await lab.access.get(`${applications}/${application.name}`);
  const automated = valueAt(live, 'spec', 'syncPolicy', 'automated');
  const retry = valueAt(live, 'spec', 'syncPolicy', 'retry');
  const retrying = {
    name: 'Application retry',
    value: retry === undefined ? 'not set: 5 times, after 5 s doubling up to 3 min' : JSON.stringify(retry),
    readFrom: 'spec.syncPolicy.retry in the cluster',
  };
  const policy = ['prune', 'selfHeal'].map((name) => ({
    name: `Application automated ${name}`,
    value: String(valueAt(automated, name) === true),
    readFrom: `spec.syncPolicy.automated.${name} in the cluster`,
  }));
  return [...policy, retrying, ...(await flagsOf(controller)), ...intervalOf(updater)];
}
