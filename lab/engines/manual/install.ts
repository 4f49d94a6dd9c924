import { Turn } from '../../../common/turn.ts';
import type { InstallContext, StartedEngine } from '../engine.ts';
import type { EngineSetting } from '../setting.ts';
import { followRunbook } from './follow.ts';
import type { ManualOptions } from './options.ts';
import { readPace, type Pace } from './pace.ts';
import { readRunbook } from './runbook.ts';
import { boardTarget, openBoard, readBoard, runbookNamespace } from './status-board.ts';
import { openWorkplace } from './workplace.ts';

/** The runbook that brings a commit into the cluster. */
const deployName = 'deploy';

function settingsOf(pace: Pace): EngineSetting[] {
  return Object.entries(pace).map(([name, value]) => ({
    name: `pace ${name}`,
    value: String(value),
    readFrom: 'playbooks/runbooks/pace.yaml',
  }));
}

/** Installs the application by the runbook that deploys it. Throws an explained error, or the signal's reason. */
export async function installByRunbook(context: InstallContext<ManualOptions>): Promise<StartedEngine> {
  const { lab, tools, application, signal, onSynced, onCommand } = context;
  const [pace, deployment, workplace, show] = await Promise.all([
    readPace(),
    readRunbook(application.name, deployName),
    openWorkplace(context),
    openBoard(lab.access),
  ]);
  const turn = new Turn();
  let revision = '';
  const ignore = (): void => undefined;
  /** One runbook at a time; the board says before what is done, and after how it ended. */
  const work = async (doing: string, ends: 'settled' | 'rolled-out', act: () => Promise<void>) => {
    const endTurn = await turn.take();
    try {
      await show('working', doing, revision);
      await act();
      revision = await workplace.revision();
      await show(ends, doing, revision);
    } catch (error) {
      await show('failed', doing, revision).catch(ignore);
      throw error;
    } finally {
      endTurn();
    }
  };
  const common = { workplace, pace };
  const deployOnly = deployment.steps.filter(({ kind }) => kind === 'run');
  const deploy = async (): Promise<void> =>
    work(deployName, 'rolled-out', async () =>
      followRunbook(deployOnly, { ...common, name: deployName, signal, onStep: ignore }),
    );
  for (const step of deployOnly) if (step.kind === 'run') onCommand?.(step.command);
  await deploy();
  onSynced();
  return {
    version: ['helm', 'kubectl']
      .map((name) => [...tools.values()].find((tool) => tool.name === name))
      .flatMap((tool) => (tool === undefined ? [] : [`${tool.name} ${tool.version}`]))
      .join(', '),
    installedBy:
      'helm, from a chart of the manifests in the repository; nothing in the cluster follows Git, and whoever has the runbook is told at once what happened',
    workers: { applies: runbookNamespace, reads: runbookNamespace },
    namespace: runbookNamespace,
    crash: async () => Promise.reject(new Error('nobody crashes: a runbook is followed by people')),
    statusTargets: [boardTarget],
    openStatus:
      () =>
      ({ type, object }) =>
        type === 'DELETED' ? undefined : readBoard(object),
    requestSync: async () =>
      work(deployName, 'settled', async () =>
        followRunbook(deployment.steps, { ...common, name: deployName, signal, onStep: ignore }),
      ),
    readSettings: async () => Promise.resolve(settingsOf(pace)),
    byHand: {
      deploy,
      callOut: async (disturbance, call) => {
        const { steps } = await readRunbook(application.name, disturbance);
        await work(disturbance, 'settled', async () =>
          followRunbook(steps, { ...common, ...call, name: disturbance }),
        );
      },
    },
  };
}
