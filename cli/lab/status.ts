import { ownCommand } from '../../common/own-command.ts';
import { listLabs, type FoundLab } from '../../lab/home/labs.ts';
import { runningProcesses } from '../../lab/process/ledger.ts';
import { usageOf } from '../../lab/process/usage.ts';
import { formatBytes } from '../../reports/render/format.ts';
import { table } from '../table.ts';
import { readServed, type ServedLab } from './lab-request.ts';

interface ComponentStatus {
  readonly name: string;
  readonly pid: number;
  readonly memoryBytes: number;
}

/** A lab as `lab status` shows it. */
interface LabStatus {
  readonly name: string;
  readonly runs: string;
  /** `dead` where the process that had it is gone. */
  readonly state: 'running' | 'dead';
  readonly createdAt: string;
  readonly ownerPid: number;
  readonly directory: string;
  readonly served: ServedLab | null;
  readonly components: readonly ComponentStatus[];
}

async function statusOf({ home, mark, isOwnerRunning }: FoundLab): Promise<LabStatus> {
  const components = await Promise.all(
    runningProcesses(home.ledgerFile).map(async ({ name, pid }) => {
      const usage = await usageOf(pid);
      return { name, pid, memoryBytes: usage?.memoryBytes ?? 0 };
    }),
  );
  return {
    name: home.name,
    runs: mark.runs,
    state: isOwnerRunning ? 'running' : 'dead',
    createdAt: mark.createdAt,
    ownerPid: mark.owner.pid,
    directory: home.directory,
    served: (await readServed(home)) ?? null,
    components,
  };
}

/** The state of every lab of this user. */
export async function labStatuses(): Promise<LabStatus[]> {
  return Promise.all(listLabs().map(statusOf));
}

function describe({ name, runs, state, createdAt, ownerPid, served, components }: LabStatus): string {
  const remedy = state === 'dead' ? `; ${ownCommand('lab', 'down', name)} removes it` : '';
  const memoryBytes = components.reduce((sum, component) => sum + component.memoryBytes, 0);
  return [
    `${name}: ${state} since ${createdAt} (${runs}; process ${ownerPid})${remedy}`,
    ...(served === null ? [] : [`  kubeconfig ${served.kubeconfigFile}`, `  Git        ${served.gitUrl}`]),
    ...(components.length === 0
      ? []
      : [
          table([
            ['  component', 'process', 'memory'],
            ...components.map((component) => [
              `  ${component.name}`,
              String(component.pid),
              formatBytes(component.memoryBytes),
            ]),
            ['  together', '', formatBytes(memoryBytes)],
          ]),
        ]),
  ].join('\n');
}

/** The labs as people read them. */
export function statusText(statuses: readonly LabStatus[]): string {
  if (statuses.length === 0) return `there is no lab; ${ownCommand('lab', 'up')} starts one`;
  return statuses.map(describe).join('\n\n');
}
