import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { parse } from 'yaml';
import * as z from 'zod';
import { ExplainedError } from '../../common/explained-error.ts';
import { runLogged } from '../toolchain/building/logged-run.ts';
import type { PythonEnvironment } from '../toolchain/python-environment.ts';
import { inventoryText, type InventoryOptions } from './inventory.ts';
import {
  nothingYet,
  parseEvent,
  withEvent,
  type PlaybookProgress,
  type PlaybookState,
} from './runner-events.ts';

export interface PlaybookRun {
  readonly python: PythonEnvironment;
  /** Of playbooks/: `cluster.yaml`. */
  readonly playbook: string;
  readonly inventory: InventoryOptions;
  /** Variables that stand above all others. */
  readonly variables?: Readonly<Record<string, unknown>>;
  /** For files that are needed while it runs; it may hold secrets. */
  readonly directory: string;
  /** Where what it did is kept: events, output, exit code. */
  readonly logDirectory: string;
  /** The name of this run among those that are kept. */
  readonly ident: string;
  readonly environment: NodeJS.ProcessEnv;
  readonly signal: AbortSignal;
  readonly onProgress?: (progress: PlaybookProgress) => void;
}

const Plays = z.array(z.object({ name: z.string() }));
const playbooks = path.join(import.meta.dirname, '..', '..', 'playbooks');

/** The names of the plays of a playbook, in their order. */
export async function playsOf(playbook: string): Promise<readonly string[]> {
  const plays = Plays.parse(parse(await readFile(path.join(playbooks, playbook), 'utf8')));
  return plays.map(({ name }) => name);
}

/** Host -> how much a playbook changed on it. */
export type PlaybookChanges = Readonly<Record<string, number>>;

/** A playbook that did not come to its end, as the user is told. */
export function explainPlaybook(
  playbook: string,
  { failures, progress }: PlaybookState,
  lastLines: readonly string[],
  artifacts: string,
): ExplainedError {
  const next = `what each task did is in ${artifacts}; run the command again when the cause is gone, and it goes on`;
  const [first] = failures;
  if (first === undefined) {
    const where = progress === undefined ? 'before its first task' : `at the task "${progress.task}"`;
    return new ExplainedError({
      what: `the playbook ${playbook} ended ${where}`,
      why:
        lastLines
          .filter((line) => parseEvent(line) === undefined)
          .slice(-6)
          .join('\n') || 'it gave no reason',
      next,
    });
  }
  const others = failures.length === 1 ? '' : ` (and ${failures.length - 1} more)`;
  const what =
    first.kind === 'unreachable'
      ? `the machine ${first.host} could not be reached for the task "${first.task}" of ${playbook}${others}`
      : `the task "${first.task}" of ${playbook} failed on ${first.host}${others}`;
  return new ExplainedError({ what, why: first.message, next });
}

/** Writes the inventory and variables where ansible-runner looks for them. */
async function prepareDirectory({ directory, inventory, variables = {} }: PlaybookRun): Promise<string> {
  const inventoryFile = path.join(directory, 'inventory', 'hosts.json');
  for (const name of ['inventory', 'env']) {
    await mkdir(path.join(directory, name), { recursive: true, mode: 0o700 });
  }
  await writeFile(inventoryFile, inventoryText(inventory), { mode: 0o600 });
  await writeFile(path.join(directory, 'env', 'extravars'), JSON.stringify(variables), { mode: 0o600 });
  return inventoryFile;
}

/** Ansible's own settings and files stay with the lab; sockets go where their paths are short enough. */
function ansibleEnvironment(run: PlaybookRun, sockets: string): NodeJS.ProcessEnv {
  const { PATH = '', HOME, TMPDIR, LANG } = run.environment;
  return {
    PATH: [run.python.programs, PATH].join(path.delimiter),
    HOME,
    TMPDIR,
    LANG: LANG ?? 'C.UTF-8',
    ANSIBLE_CONFIG: path.join(playbooks, 'ansible.cfg'),
    ANSIBLE_HOME: path.join(run.directory, 'home'),
    ANSIBLE_SSH_CONTROL_PATH_DIR: sockets,
    ANSIBLE_NOCOLOR: '1',
  };
}

/**
 * Runs a playbook to its end by ansible-runner; what it changed. Throws an explained error that names the task, the machine
 * and the reason, or the signal's reason.
 */
export async function runPlaybook(run: PlaybookRun): Promise<PlaybookChanges> {
  const { playbook, directory, logDirectory, ident, signal, onProgress } = run;
  const artifacts = path.join(logDirectory, 'ansible');
  await mkdir(artifacts, { recursive: true, mode: 0o700 });
  // An earlier run of that name would be added to.
  await rm(path.join(artifacts, ident), { recursive: true, force: true });
  const inventoryFile = await prepareDirectory(run);
  const sockets = await mkdtemp(path.join(tmpdir(), 'gl-ssh-'));
  let state = nothingYet;
  try {
    const { isDone, lastLines } = await runLogged({
      program: path.join(run.python.programs, 'ansible-runner'),
      args: [
        ...[
          'run',
          directory,
          '--project-dir',
          playbooks,
          '--playbook',
          playbook,
          '--inventory',
          inventoryFile,
        ],
        ...['--artifact-dir', artifacts, '--ident', ident, '--json'],
      ],
      directory,
      environment: ansibleEnvironment(run, sockets),
      logFile: path.join(artifacts, `${ident}.jsonl`),
      signal,
      onLine: (line) => {
        const event = parseEvent(line);
        if (event === undefined) return;
        const before = state.progress;
        state = withEvent(state, event);
        if (state.progress !== undefined && state.progress !== before) onProgress?.(state.progress);
      },
    });
    if (!isDone || !state.isAtEnd || state.failures.length > 0)
      throw explainPlaybook(playbook, state, lastLines, path.join(artifacts, ident));
    return state.changed;
  } finally {
    await rm(sockets, { recursive: true, force: true });
  }
}
