import { execa } from 'execa';
import { mkdir, symlink, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { stringify } from 'yaml';
import { gitAuthorization } from '../../forge/git-authorization.ts';
import { git, isolatedEnvironment } from '../../forge/git.ts';
import type { Lab } from '../../lab.ts';
import { openLineLog } from '../../line-log.ts';
import { fileOf } from '../../toolchain/file-of.ts';
import type { Tool, ToolName } from '../../toolchain/tool.ts';
import type { ManagedApplication, StoreAccess } from '../engine.ts';
import { runbookPrograms, type RunbookProgram } from './runbook.ts';

/** The checkout's folder; commands of runbooks name it. */
const checkoutName = 'fleet';

/** How a command ended. */
export interface CommandEnd {
  /** Undefined where it was ended by a signal, or could not be started. */
  readonly exitCode: number | undefined;
  /** All that it said. */
  readonly output: string;
}

/** Where a person works: a directory with a checkout of the state store and a chart of the application in it. */
export interface Workplace {
  /** Runs a command there, by no shell. Throws only the signal's reason. */
  readonly run: (command: string, signal: AbortSignal) => Promise<CommandEnd>;
  /** The commit that is checked out. */
  readonly revision: () => Promise<string>;
}

interface WorkplaceOptions {
  readonly lab: Pick<Lab, 'directory' | 'logDirectory' | 'kubeconfigFile'>;
  readonly tools: ReadonlyMap<ToolName, Tool>;
  readonly state: StoreAccess;
  readonly application: ManagedApplication;
  readonly signal: AbortSignal;
}

/** Nothing of the user's: settings, caches and credentials all lie in the lab's directory. */
function environmentOf(directory: string, { lab, state }: WorkplaceOptions): Record<string, string> {
  const home = path.join(directory, 'home');
  const { PATH, TMPDIR } = process.env;
  return {
    ...isolatedEnvironment({ PATH, TMPDIR }),
    ...gitAuthorization(state),
    HOME: home,
    KUBECONFIG: lab.kubeconfigFile,
    HELM_CACHE_HOME: path.join(home, 'helm', 'cache'),
    HELM_CONFIG_HOME: path.join(home, 'helm', 'config'),
    HELM_DATA_HOME: path.join(home, 'helm', 'data'),
  };
}

function programFiles(tools: ReadonlyMap<ToolName, Tool>): Readonly<Record<RunbookProgram, string>> {
  return { kubectl: fileOf(tools, 'kubectl', 'kubectl'), helm: fileOf(tools, 'helm', 'helm'), git: 'git' };
}

/** A chart whose templates are the manifests of the repository's folder, as they are pulled. */
async function writeChart(directory: string, { name, path: folder }: ManagedApplication): Promise<void> {
  const chart = path.join(directory, 'chart');
  await mkdir(chart);
  await writeFile(path.join(chart, 'Chart.yaml'), stringify({ apiVersion: 'v2', name, version: '1.0.0' }));
  await symlink(path.join('..', checkoutName, folder), path.join(chart, 'templates'));
}

/** Clones the state store and makes the chart, below the lab's directory. Throws an explained error where git fails. */
export async function openWorkplace(options: WorkplaceOptions): Promise<Workplace> {
  const { lab, tools, state, application, signal } = options;
  const directory = path.join(lab.directory, 'runbook');
  const checkout = path.join(directory, checkoutName);
  await mkdir(path.join(directory, 'home'), { recursive: true, mode: 0o700 });
  await git(['clone', '--quiet', state.url, checkoutName], {
    directory,
    signal,
    environment: gitAuthorization(state),
  });
  await writeChart(directory, application);
  const environment = environmentOf(directory, options);
  const programs = programFiles(tools);
  const { write: log } = openLineLog(path.join(lab.logDirectory, 'runbook.log'));
  return {
    revision: async () => (await git(['rev-parse', 'HEAD'], { directory: checkout })).trim(),
    run: async (command, until) => {
      until.throwIfAborted();
      const [word, ...args] = command.split(' ');
      const program = runbookPrograms.find((name) => name === word);
      if (program === undefined) throw new Error(`a runbook has no use for ${word ?? ''}`);
      log(command);
      const result = await execa(programs[program], args, {
        cwd: directory,
        env: environment,
        extendEnv: false,
        stdin: 'ignore',
        all: true,
        reject: false,
        cancelSignal: until,
      });
      for (const line of result.all.split('\n').filter((one) => one !== '')) log(`  ${line}`);
      until.throwIfAborted();
      return { exitCode: result.exitCode, output: result.all };
    },
  };
}
