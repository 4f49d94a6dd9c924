import { mkdir } from 'node:fs/promises';
import getPort from 'get-port';
import path from 'node:path';
import type { ComponentSpec } from '../../process/component.ts';
import type { Lab } from '../../lab.ts';
import { fileOf } from '../../toolchain/file-of.ts';
import type { Tool, ToolName } from '../../toolchain/tool.ts';
import { containerCommand, overrideArguments } from '../workload.ts';
import { fluxNamespace } from './manifests.ts';

/** The controllers that keep a Kustomization; the first serves what the second applies. */
export const fluxControllers = ['source-controller', 'kustomize-controller'] as const;
export type FluxController = (typeof fluxControllers)[number];

async function freePort(): Promise<number> {
  return getPort({ host: '127.0.0.1' });
}

/** What differs on the host: addresses, and where files are kept. */
async function hostArguments(controller: FluxController, lab: Lab): Promise<Record<string, string>> {
  const common = {
    'metrics-addr': `127.0.0.1:${await freePort()}`,
    'health-addr': `127.0.0.1:${await freePort()}`,
    // One process each: the lease would only delay its start.
    'enable-leader-election': 'false',
    // The notification-controller, which would take the events, is not part of this lab.
    'events-addr': '',
  };
  if (controller !== 'source-controller') return common;
  const storage = path.join(lab.directory, 'flux-artifacts');
  await mkdir(storage, { recursive: true, mode: 0o700 });
  const address = `127.0.0.1:${await freePort()}`;
  return { ...common, 'storage-path': storage, 'storage-addr': address, 'storage-adv-addr': address };
}

/**
 * A Flux controller as a host process, run as its Deployment says and with the rights of its ServiceAccount.
 */
export async function fluxController(
  controller: FluxController,
  deployment: unknown,
  lab: Lab,
  tools: ReadonlyMap<ToolName, Tool>,
): Promise<ComponentSpec> {
  const kubeconfig = await lab.writeKubeconfig(`${controller}.kubeconfig`, {
    user: `system:serviceaccount:${fluxNamespace}:${controller}`,
    groups: ['system:serviceaccounts', `system:serviceaccounts:${fluxNamespace}`],
    namespace: fluxNamespace,
  });
  const { args } = containerCommand(deployment, new Map());
  return {
    name: controller,
    program: fileOf(tools, controller, controller),
    args: overrideArguments(args, await hostArguments(controller, lab)),
    environment: { KUBECONFIG: kubeconfig, RUNTIME_NAMESPACE: fluxNamespace },
  };
}
