import path from 'node:path';
import { waitUntil } from '../../../common/wait.ts';
import type { NeededImage } from '../../images/image.ts';
import { applyObjects } from '../../kube/apply.ts';
import { listAt, numberAt, valueAt, type LiveObject } from '../../kube/objects.ts';
import type { PodRuntime } from '../../lab.ts';
import { crashPods } from '../../pods/crash-pods.ts';
import { exposePods, type ServingPods } from '../../pods/expose-pods.ts';
import { imagesOf } from '../../pods/images-of.ts';
import { fileOf } from '../../toolchain/file-of.ts';
import type { InstallContext } from '../engine.ts';
import { containerCommand, readConfigMaps } from '../workload.ts';
import { imageUpdater } from './image-files.ts';
import { updaterDeployment, updaterImage } from './image-updater-pod.ts';
import { updaterObjects } from './image-updater.ts';
import { installTimeoutMs } from './install-timeout.ts';
import { argocdNamespace, pushReceiverUrl, withData, workloads } from './manifests.ts';
import type { ArgocdOptions } from './options.ts';
import type { ArgocdParts, ArgocdPrograms } from './programs.ts';

const controllerName = 'argocd-application-controller';

/** Who signs in by somebody else's accounts; nobody does in a lab, and its image is a project of its own. */
const signOn = 'argocd-dex-server';

/** The names that the one program is called by (https://github.com/argoproj/argo-cd/blob/master/Dockerfile). */
const programNames = [
  'argocd-server',
  'argocd-repo-server',
  'argocd-cmp-server',
  controllerName,
  'argocd-dex',
  'argocd-notifications',
  'argocd-applicationset-controller',
  'argocd-k8s-auth',
  'argocd-commit-server',
];

function recipeOf(reference: string, { tools }: InstallContext<ArgocdOptions>): NeededImage['recipe'] {
  if (reference.includes('/redis:'))
    return { base: 'debian', files: {}, entrypoint: ['redis-server'], user: '999' };
  if (!reference.includes('/argocd:')) return undefined;
  const program = '/usr/local/bin/argocd';
  const further = ['helm', 'kustomize'] as const;
  const files = further.flatMap((name) =>
    tools.has(name) ? [[`/usr/local/bin/${name}`, fileOf(tools, name, name)] as const] : [],
  );
  const links = programNames.map((name) => [path.posix.join('/usr/local/bin', name), program] as const);
  return {
    base: 'debian',
    files: { [program]: fileOf(tools, 'argocd', 'argocd'), ...Object.fromEntries(files) },
    links: Object.fromEntries(links),
    // Signatures of commits are checked by scripts of the published image; nobody signs in a lab.
    environment: { ARGOCD_GPG_ENABLED: 'false', USER: 'argocd' },
    entrypoint: ['/usr/bin/tini', '--'],
    user: '999',
    workingDirectory: '/home/argocd',
  };
}

/** Nodes that were handed an image must not ask a registry for it. */
function withoutPulls(object: LiveObject): LiveObject {
  const template = valueAt(object, 'spec', 'template', 'spec');
  if (template === undefined) return object;
  const relaxed = (containers: string) =>
    listAt(template, containers).map((one) => ({ ...(one as object), imagePullPolicy: 'IfNotPresent' }));
  const spec = {
    ...template,
    containers: relaxed('containers'),
    initContainers: relaxed('initContainers'),
  };
  const { spec: outer } = object as unknown as { spec: { template: object } };
  return { ...object, spec: { ...outer, template: { ...outer.template, spec } } };
}

function withoutSignOn(object: LiveObject): LiveObject {
  if (object.kind !== 'Deployment' || object.metadata.name !== signOn) return object;
  return { ...object, spec: { ...(object['spec'] as object), replicas: 0 } };
}

/** Its own choice leaves out the fractions of a second, and a timeline needs them. */
function withExactLogs(object: LiveObject): LiveObject {
  return withData(object, 'argocd-cmd-params-cm', {
    'log.format.timestamp': '2006-01-02T15:04:05.000Z07:00',
  });
}

/** Who takes pushes, as its Service has it. */
const server: ServingPods = {
  namespace: argocdNamespace,
  name: 'lab-push-receiver',
  labels: { 'app.kubernetes.io/name': 'argocd-server' },
  port: 8080,
};

/** Messages come over plain HTTP, as all that the lab's forge sends. */
function withPlainServer(object: LiveObject): LiveObject {
  return withData(object, 'argocd-cmd-params-cm', { 'server.insecure': 'true' });
}

/** The parts that do the work, and that the features need. */
function partsFor({ features }: InstallContext<ArgocdOptions>): string[] {
  return [
    `statefulsets/${controllerName}`,
    'deployments/argocd-repo-server',
    ...(features.includes('notifications') ? ['deployments/argocd-notifications-controller'] : []),
    ...(features.includes('webhooks') ? ['deployments/argocd-server'] : []),
  ];
}

async function untilReady(
  { lab, signal }: InstallContext<ArgocdOptions>,
  parts: readonly string[],
): Promise<void> {
  for (const part of parts) {
    await waitUntil(
      async () =>
        numberAt(await lab.access.get(`${workloads}/${part}`), 'status', 'readyReplicas') > 0
          ? true
          : undefined,
      { goal: `${part.split('/').at(-1) ?? ''} to be ready`, timeoutMs: installTimeoutMs, signal },
    );
  }
}

async function readController({
  lab,
  tools,
}: InstallContext<ArgocdOptions>): Promise<ArgocdParts['controller']> {
  const workload = await lab.access.get(`${workloads}/statefulsets/${controllerName}`);
  const { environment } = containerCommand(workload, await readConfigMaps(lab.access, argocdNamespace));
  const program = fileOf(tools, 'argocd', 'argocd');
  const named = { ...environment, ARGOCD_BINARY_NAME: controllerName };
  return { name: controllerName, program, args: [], environment: named };
}

/** Has the Image Updater keep the image that the application follows; undefined where it follows none. */
async function startImageUpdater(
  context: InstallContext<ArgocdOptions>,
  provideImages: PodRuntime['provideImages'],
): Promise<ArgocdParts['updater']> {
  const { lab, tools, application, options, signal } = context;
  const { follows } = application;
  if (follows === undefined) return undefined;
  const program = fileOf(tools, imageUpdater, imageUpdater);
  await provideImages([updaterImage(program)], signal);
  const deployment = updaterDeployment(follows, options);
  await applyObjects(lab.access, [...updaterObjects(application, follows), ...deployment], signal);
  await untilReady(context, [`deployments/${imageUpdater}`]);
  const { args, environment } = containerCommand(deployment.at(-1), new Map());
  return { name: imageUpdater, program, args, environment };
}

/** Where pushes are taken; undefined where nobody asked for that. */
async function openPushUrl({
  lab,
  features,
  signal,
}: InstallContext<ArgocdOptions>): Promise<string | undefined> {
  if (!features.includes('webhooks')) return undefined;
  return pushReceiverUrl(await exposePods(lab.access, server, signal));
}

/** The parts as the pods that the install manifests make, with their images in the nodes before. */
export function programsInPods(
  context: InstallContext<ArgocdOptions>,
  { provideImages, followLogs }: PodRuntime,
): ArgocdPrograms {
  return {
    manifests: async (objects) => {
      const kept = objects.map(withoutSignOn);
      const used = kept.filter((object) => valueAt(object, 'spec', 'replicas') !== 0);
      const images = imagesOf(used).map((reference): NeededImage => {
        const recipe = recipeOf(reference, context);
        return { reference, isPublished: true, ...(recipe === undefined ? {} : { recipe }) };
      });
      await provideImages(images, context.signal);
      followLogs(argocdNamespace);
      const plain = context.features.includes('webhooks') ? kept.map(withPlainServer) : kept;
      return plain.map(withoutPulls).map(withExactLogs);
    },
    start: async () => {
      await untilReady(context, partsFor(context));
      const controller = await readController(context);
      const updater = await startImageUpdater(context, provideImages);
      return { controller, updater, pushUrl: await openPushUrl(context) };
    },
    crash: async (component) => crashPods(context.lab.access, argocdNamespace, component),
  };
}
