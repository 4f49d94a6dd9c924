import { execa } from 'execa';
import { ExplainedError } from '../../../common/explained-error.ts';
import type { NeededImage } from '../../images/image.ts';
import { parseManifests } from '../../kube/apply.ts';
import type { PodRuntime } from '../../lab.ts';
import { crashPods } from '../../pods/crash-pods.ts';
import { exposePods, type ServingPods } from '../../pods/expose-pods.ts';
import { imagesOf } from '../../pods/images-of.ts';
import { fileOf } from '../../toolchain/file-of.ts';
import type { Tool, ToolName } from '../../toolchain/tool.ts';
import type { InstallContext } from '../engine.ts';
import { containerCommand } from '../workload.ts';
import type { FluxController } from './controllers.ts';
import { untilDeployed } from './deployment.ts';
import { fluxNamespace } from './manifests.ts';
import type { FluxOptions } from './options.ts';
import type { FluxPrograms } from './programs.ts';

/** Whom the published images run as (https://github.com/fluxcd/source-controller/blob/main/Dockerfile). */
const user = '65534:65534';

/** The port of the notification-controller that takes pushes (https://github.com/fluxcd/notification-controller/blob/main/main.go). */
const pushReceiver: ServingPods = {
  namespace: fluxNamespace,
  name: 'lab-push-receiver',
  labels: { app: 'notification-controller' },
  port: 9292,
};

function recipeOf(controller: FluxController, tools: ReadonlyMap<ToolName, Tool>): NeededImage['recipe'] {
  const program = `/usr/local/bin/${controller}`;
  return { files: { [program]: fileOf(tools, controller, controller) }, entrypoint: [program], user };
}

/** The images that `flux bootstrap` is going to name, as its own manifests say (https://fluxcd.io/flux/cmd/flux_install/). */
async function neededImages(
  controllers: readonly FluxController[],
  { lab, tools, signal }: InstallContext<FluxOptions>,
): Promise<NeededImage[]> {
  const args = ['install', '--export', `--components=${controllers.join(',')}`];
  const { stdout, exitCode, stderr } = await execa(fileOf(tools, 'flux', 'flux'), args, {
    extendEnv: false,
    env: { TMPDIR: lab.directory },
    reject: false,
    cancelSignal: signal,
  });
  signal.throwIfAborted();
  if (exitCode !== 0) throw new ExplainedError({ what: 'flux install --export failed', why: stderr });
  return imagesOf(parseManifests(stdout)).map((reference) => {
    const controller = controllers.find((name) => reference.includes(`/${name}:`));
    const recipe = controller === undefined ? undefined : recipeOf(controller, tools);
    return { reference, isPublished: true, ...(recipe === undefined ? {} : { recipe }) };
  });
}

/** The controllers as the pods that the bootstrap makes, with their images in the nodes before. */
export async function programsInPods(
  context: InstallContext<FluxOptions>,
  { provideImages, followLogs }: PodRuntime,
  controllers: readonly FluxController[],
): Promise<FluxPrograms> {
  const { lab, tools, signal } = context;
  await provideImages(await neededImages(controllers, context), signal);
  followLogs(fluxNamespace);
  return {
    start: async (until) =>
      Promise.all(
        controllers.map(async (name) => {
          const { args, environment } = containerCommand(await untilDeployed(lab, name, until), new Map());
          return { name, program: fileOf(tools, name, name), args, environment };
        }),
      ),
    crash: async (controller) => crashPods(lab.access, fluxNamespace, controller),
    openPushAddress: async () => exposePods(lab.access, pushReceiver, signal),
  };
}
