import type { ProcessRuntime } from '../../lab.ts';
import type { InstallContext } from '../engine.ts';
import { fluxController, notificationAddresses, type FluxController } from './controllers.ts';
import { untilDeployed } from './deployment.ts';
import type { FluxOptions } from './options.ts';
import type { FluxPrograms } from './programs.ts';

/** The controllers as processes of this machine, each run as its Deployment says. */
export async function programsOnHost(
  { lab, tools }: InstallContext<FluxOptions>,
  { crash, writeKubeconfig }: ProcessRuntime,
  controllers: readonly FluxController[],
): Promise<FluxPrograms> {
  const notifications = await notificationAddresses(controllers);
  const { directory } = lab;
  return {
    start: async (signal) =>
      Promise.all(
        controllers.map(async (controller) => {
          const deployment = await untilDeployed(lab, controller, signal);
          const host = { directory, writeKubeconfig };
          const component = await fluxController(controller, deployment, host, tools, notifications);
          await lab.run(component);
          return component;
        }),
      ),
    crash,
    openPushAddress: async () => {
      if (notifications === undefined)
        throw new Error('nothing takes pushes without a notification-controller');
      return Promise.resolve(notifications.receiver);
    },
  };
}
