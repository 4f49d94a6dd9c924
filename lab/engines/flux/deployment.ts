import { waitUntil } from '../../../common/wait.ts';
import type { Lab } from '../../lab.ts';
import type { FluxController } from './controllers.ts';
import { fluxNamespace } from './manifests.ts';

/** How long each part of an installation may take. */
export const installTimeoutMs = 180_000;

/** The Deployment of a controller, as soon as the bootstrap has made it. Throws an explained error, or the signal's reason. */
export async function untilDeployed(
  lab: Pick<Lab, 'access'>,
  controller: FluxController,
  signal: AbortSignal,
): Promise<unknown> {
  const deployment = `/apis/apps/v1/namespaces/${fluxNamespace}/deployments/${controller}`;
  return waitUntil(async () => lab.access.get(deployment), {
    goal: `flux bootstrap to create the Deployment ${controller}`,
    timeoutMs: installTimeoutMs,
    signal,
  });
}
