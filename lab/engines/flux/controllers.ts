import { mkdir } from 'node:fs/promises';
import getPort from 'get-port';
import path from 'node:path';
import type { ComponentSpec } from '../../process/component.ts';
import type { Lab, ProcessRuntime } from '../../lab.ts';
import { fileOf } from '../../toolchain/file-of.ts';
import type { Tool, ToolName } from '../../toolchain/tool.ts';
import type { EngineFeature } from '../../engine-feature.ts';
import { containerCommand, overrideArguments } from '../workload.ts';
import { fluxNamespace } from './manifests.ts';

/** The controllers that keep a Kustomization; the first serves what the second applies. */
export const baseControllers = ['source-controller', 'kustomize-controller'] as const;

/** The controllers that each feature needs besides (https://fluxcd.io/flux/components/). */
export const featureControllers = {
  helm: ['helm-controller'],
  images: ['image-reflector-controller', 'image-automation-controller'],
  kustomize: [],
  notifications: ['notification-controller'],
  ordering: [],
  webhooks: ['notification-controller'],
} as const satisfies Readonly<Record<EngineFeature, readonly ToolName[]>>;

export type FluxController = (typeof baseControllers | (typeof featureControllers)[EngineFeature])[number];

/** The controllers that make up a Flux with these features, each once. */
export function controllersFor(features: readonly EngineFeature[]): FluxController[] {
  const further = features.flatMap((feature): readonly FluxController[] => featureControllers[feature]);
  return [...new Set([...baseControllers, ...further])];
}

/** Where the notification-controller listens: host and port. */
export interface NotificationAddresses {
  /** For the events of the other controllers. */
  readonly events: string;
  /** For pushes. */
  readonly receiver: string;
}

async function freeAddress(): Promise<string> {
  return `127.0.0.1:${await getPort({ host: '127.0.0.1' })}`;
}

/** Chooses addresses for the notification-controller, before any controller is started; undefined where it is not wanted. */
export async function notificationAddresses(
  controllers: readonly FluxController[],
): Promise<NotificationAddresses | undefined> {
  if (!controllers.includes('notification-controller')) return undefined;
  return { events: await freeAddress(), receiver: await freeAddress() };
}

async function privateDirectory(lab: Pick<Lab, 'directory'>, name: string): Promise<string> {
  const directory = path.join(lab.directory, name);
  await mkdir(directory, { recursive: true, mode: 0o700 });
  return directory;
}

/** What differs on the host: addresses, and where files are kept. */
async function hostArguments(
  controller: FluxController,
  lab: Pick<Lab, 'directory'>,
  notifications: NotificationAddresses | undefined,
): Promise<Record<string, string>> {
  const common = {
    'metrics-addr': await freeAddress(),
    'health-addr': await freeAddress(),
    // One process each: the lease would only delay its start.
    'enable-leader-election': 'false',
    // Without a notification-controller nobody would take the events.
    'events-addr': notifications === undefined ? '' : `http://${notifications.events}/`,
  };
  if (controller === 'notification-controller' && notifications !== undefined) {
    // There the same flag says where it listens (main.go of notification-controller).
    return { ...common, 'events-addr': notifications.events, receiverAddr: notifications.receiver };
  }
  if (controller === 'image-reflector-controller') {
    return { ...common, 'storage-path': await privateDirectory(lab, 'flux-image-tags') };
  }
  if (controller !== 'source-controller') return common;
  const storage = await privateDirectory(lab, 'flux-artifacts');
  const address = await freeAddress();
  return { ...common, 'storage-path': storage, 'storage-addr': address, 'storage-adv-addr': address };
}

/**
 * A Flux controller as a host process, run as its Deployment says and with the rights of its ServiceAccount.
 */
export async function fluxController(
  controller: FluxController,
  deployment: unknown,
  lab: Pick<Lab, 'directory'> & Pick<ProcessRuntime, 'writeKubeconfig'>,
  tools: ReadonlyMap<ToolName, Tool>,
  notifications?: NotificationAddresses,
): Promise<ComponentSpec> {
  const kubeconfig = await lab.writeKubeconfig(`${controller}.kubeconfig`, {
    user: `system:serviceaccount:${fluxNamespace}:${controller}`,
    groups: ['system:serviceaccounts', `system:serviceaccounts:${fluxNamespace}`],
    namespace: fluxNamespace,
  });
  const { args } = containerCommand(deployment, new Map());
  // As in a container each has one of its own: kustomize-controller removes others' work from it when it starts (purgeStaleTempDirs in main.go).
  const temporary = path.join(lab.directory, `${controller}-tmp`);
  await mkdir(temporary, { recursive: true, mode: 0o700 });
  return {
    name: controller,
    program: fileOf(tools, controller, controller),
    args: overrideArguments(args, await hostArguments(controller, lab, notifications)),
    environment: { KUBECONFIG: kubeconfig, RUNTIME_NAMESPACE: fluxNamespace, TMPDIR: temporary },
  };
}
