import { applyObjects } from '../../kube/apply.ts';
import { textAt } from '../../kube/objects.ts';
import type { InstallContext, StartedEngine } from '../engine.ts';
import { imageTag } from '../image-tag.ts';
import type { EngineSetting } from '../setting.ts';
import { containerCommand } from '../workload.ts';
import { baseControllers } from './controllers.ts';
import { requestSync, statusTargetsOf, untilReady } from './install.ts';
import { fluxNamespace, handedObjects, handedSource } from './manifests.ts';
import type { FluxOptions } from './options.ts';
import { openFluxStatus } from './release-status.ts';
import { readFluxSettings, type RunningController } from './settings.ts';

/** A controller of somebody else's installation, as its Deployment says. */
interface FoundController extends RunningController {
  readonly image: string;
  /** The release of Flux that it belongs to (the labels that `flux install` writes); empty where it does not say. */
  readonly release: string;
}

async function findController(
  name: (typeof baseControllers)[number],
  { lab, tools }: Pick<InstallContext<FluxOptions>, 'lab' | 'tools'>,
): Promise<FoundController> {
  const deployment = await lab.access.get(`/apis/apps/v1/namespaces/${fluxNamespace}/deployments/${name}`);
  const image = textAt(deployment, 'spec', 'template', 'spec', 'containers', 0, 'image');
  const own = tools.get(name);
  // What flags are where nobody sets them is asked of the program that is here, where it is the same.
  const program = own?.version === imageTag(image) ? own.files[name] : undefined;
  const release = textAt(deployment, 'metadata', 'labels', 'app.kubernetes.io/version');
  return { name, program, image, release, args: containerCommand(deployment, new Map()).args };
}

function imagesOf(controllers: readonly FoundController[]): EngineSetting[] {
  return controllers.map(({ name, image }) => ({
    name: `${name} image`,
    value: image,
    readFrom: 'its Deployment, which the lab has not made',
  }));
}

/** Has a Flux that is somebody else's keep the application, by objects of the lab's own; nothing of the installation is changed. Throws an explained error, or the signal's reason. */
export async function adoptFlux(context: InstallContext<FluxOptions>): Promise<StartedEngine> {
  const { lab, state, application, options, signal, onSynced } = context;
  const controllers = await Promise.all(baseControllers.map(async (name) => findController(name, context)));
  if (lab.runtime.kind === 'pods') lab.runtime.followLogs(fluxNamespace, 'now');
  await applyObjects(lab.access, handedObjects(application, state, options), signal);
  await untilReady(lab, application.name, signal);
  onSynced();
  return {
    version: controllers.map(({ release }) => release).find((release) => release !== '') ?? 'unknown',
    installedBy:
      'somebody else: it was adopted as it was found, and stays. GitRepository and Kustomization are the lab’s own, and the profile sets their intervals alone; all other settings are those of the installation',
    workers: { applies: 'kustomize-controller', reads: 'source-controller' },
    namespace: fluxNamespace,
    statusTargets: statusTargetsOf(application),
    openStatus: openFluxStatus,
    requestSync: async () => requestSync(lab, handedSource),
    crash: async () => Promise.reject(new Error('an engine that is somebody else’s is never crashed')),
    readSettings: async () => [
      ...imagesOf(controllers),
      ...(await readFluxSettings(lab, application, controllers, handedSource)),
    ],
  };
}
