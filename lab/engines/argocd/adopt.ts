import { applyObjects } from '../../kube/apply.ts';
import { textAt } from '../../kube/objects.ts';
import type { InstallContext, StartedEngine } from '../engine.ts';
import { imageTag } from '../image-tag.ts';
import type { EngineSetting } from '../setting.ts';
import { containerCommand, readConfigMaps } from '../workload.ts';
import { followApplication, requestSync, setSelfHeal, untilSettled } from './install.ts';
import { argocdNamespace, handedObjects, workloads } from './manifests.ts';
import type { ArgocdOptions } from './options.ts';
import { readArgocdSettings, type RunningController } from './settings.ts';

const controllerName = 'argocd-application-controller';

/** What of the installation's ConfigMaps decides on latency (https://argo-cd.readthedocs.io/en/stable/operator-manual/argocd-cm-yaml/, argocd-cmd-params-cm-yaml). */
const decisive: Readonly<Record<string, RegExp>> = {
  'argocd-cm': /^timeout\./,
  'argocd-cmd-params-cm': /^(?:controller|reposerver)\.(?!log)/,
};

/** The application controller of somebody else's installation. */
interface FoundController extends RunningController {
  readonly version: string;
  readonly settings: readonly EngineSetting[];
}

async function findController({
  lab,
  tools,
}: Pick<InstallContext<ArgocdOptions>, 'lab' | 'tools'>): Promise<FoundController> {
  const workload = await lab.access.get(`${workloads}/statefulsets/${controllerName}`);
  const image = textAt(workload, 'spec', 'template', 'spec', 'containers', 0, 'image');
  const configMaps = await readConfigMaps(lab.access, argocdNamespace);
  const own = tools.get('argocd');
  const version = imageTag(image);
  // What flags are where nobody sets them is asked of the program that is here, where it is the same.
  const program = own?.version === version ? own.files['argocd'] : undefined;
  const set = Object.entries(decisive).flatMap(([name, pattern]) =>
    Object.entries(configMaps.get(name) ?? {})
      .filter(([key]) => pattern.test(key))
      .map(([key, value]) => ({ name: key, value, readFrom: `${name}, which the lab has not made` })),
  );
  const { environment } = containerCommand(workload, configMaps);
  return {
    name: controllerName,
    program,
    environment: { ...environment, ARGOCD_BINARY_NAME: controllerName },
    version: version === '' ? 'unknown' : version,
    settings: [
      {
        name: `${controllerName} image`,
        value: image,
        readFrom: 'its StatefulSet, which the lab has not made',
      },
      ...set,
    ],
  };
}

/** Has an Argo CD that is somebody else's keep the application, by objects of the lab's own; nothing of the installation is changed. Throws an explained error, or the signal's reason. */
export async function adoptArgocd(context: InstallContext<ArgocdOptions>): Promise<StartedEngine> {
  const { lab, state, application, options, signal, onSynced } = context;
  const controller = await findController(context);
  if (lab.runtime.kind === 'pods') lab.runtime.followLogs(argocdNamespace, 'now');
  await applyObjects(lab.access, handedObjects(application, state, options), signal);
  await untilSettled(lab, application.name, signal);
  onSynced();
  return {
    version: controller.version,
    installedBy:
      'somebody else: it was adopted as it was found, and stays. AppProject, repository Secret and Application are the lab’s own, and the profile sets their policy alone; all intervals are those of the installation',
    workers: { applies: controllerName, reads: 'argocd-repo-server' },
    namespace: argocdNamespace,
    ...followApplication(application.name),
    crash: async () => Promise.reject(new Error('an engine that is somebody else’s is never crashed')),
    correctDrift: async (isOn) => setSelfHeal(lab, application.name, isOn),
    requestSync: async () => requestSync(lab, application.name),
    readSettings: async () => [
      ...controller.settings,
      ...(await readArgocdSettings(lab, application, controller, undefined)),
    ],
  };
}
