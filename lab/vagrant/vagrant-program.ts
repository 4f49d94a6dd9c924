import path from 'node:path';
import { execa } from 'execa';
import { ExplainedError } from '../../common/explained-error.ts';
import { waitUntil } from '../../common/wait.ts';
import { runLogged } from '../toolchain/building/logged-run.ts';

/** Vagrant for the machines of one lab. */
export interface VagrantProgram {
  /** What tells it which machines; for who runs it later. */
  readonly environment: Readonly<Record<string, string>>;
  /** Runs it to the end. Throws an explained error where it fails, or the signal's reason. */
  readonly run: (
    args: readonly string[],
    signal?: AbortSignal,
    onLine?: (line: string) => void,
  ) => Promise<void>;
  /** What a command of it said. Throws as `run` does. */
  readonly ask: (args: readonly string[], signal?: AbortSignal) => Promise<string>;
}

interface VagrantPlace {
  /** The lab's directory: what Vagrant knows of its machines is kept there. */
  readonly directory: string;
  readonly logDirectory: string;
  readonly settingsFile: string;
  /** Boxes and the like; not the user's own. */
  readonly vagrantHome: string;
}

/** The oldest that the Vagrantfile was tried with. */
const oldest = [2, 3] as const;
/** Locks are held for well under a second; labs that end together have several Vagrants at once. */
const lockTimeoutMs = 60_000;
const answerTimeoutMs = 60_000;
const vagrantfileDirectory = path.join(import.meta.dirname, '..', '..', 'vagrant');
const install =
  'install it (https://developer.hashicorp.com/vagrant/install; Debian 12: apt install vagrant), or use --lab kind';

/** Throws an explained error unless a Vagrant that calls itself so can be used. */
export function demandVersion(answer: string): string {
  const version = /Vagrant (\d+)\.(\d+)\S*/.exec(answer);
  const [major, minor] = [Number(version?.[1]), Number(version?.[2])];
  if (version !== null && (major > oldest[0] || (major === oldest[0] && minor >= oldest[1])))
    return version[0].slice('Vagrant '.length);
  throw new ExplainedError({
    what: 'this Vagrant is too old',
    why: `it says ${answer.trim().split('\n').at(-1) ?? 'nothing'}; the lab needs ${oldest.join('.')} or newer`,
    next: install,
  });
}

/** Vagrant keeps an index of the machines of all labs, in which each of its processes locks what it reads for a moment; another one gives up then. */
function isLocked(lines: readonly string[]): boolean {
  return lines.some((line) => line.includes('because it is locked'));
}

/** What to do about the failures that users meet. */
export function adviceFor(output: string): string | undefined {
  if (/provider '?\S+'? could not be found|provider .* was not found/i.test(output))
    return 'install the provider, or its plugin: vagrant plugin install NAME';
  if (/no space left/i.test(output))
    return 'make room on the disk of the container engine: a machine takes 2 GB';
  if (/port is already allocated|address already in use/i.test(output))
    return 'another program took an address or a port meanwhile; run the command again';
  if (/private key.*(permission|owned)|bad permissions/i.test(output))
    return "the key in the lab must be its owner's alone: chmod 600 on the file that is named above";
  if (/timed out while waiting for the machine to boot/i.test(output))
    return 'the machine did not answer by SSH; on a busy computer, run the command again';
  return undefined;
}

/** The version of Vagrant here. Throws an explained error where there is none, or too old a one. */
export async function findVagrant(environment: NodeJS.ProcessEnv, vagrantHome: string): Promise<string> {
  const { exitCode, stdout, stderr } = await execa('vagrant', ['--version'], {
    env: { ...environment, VAGRANT_HOME: vagrantHome, VAGRANT_CHECKPOINT_DISABLE: '1' },
    reject: false,
    timeout: answerTimeoutMs,
    stdin: 'ignore',
  });
  if (exitCode === 0) return demandVersion(stdout);
  throw new ExplainedError(
    exitCode === undefined
      ? { what: 'Vagrant was not found', why: 'there is no program vagrant on the PATH', next: install }
      : {
          what: 'Vagrant does not work here',
          why: stderr.trim().split('\n').slice(-4).join('\n'),
          next: install,
        },
  );
}

/** Vagrant for a lab, with its output in vagrant.log of the log directory; the user's own Vagrant is not touched. */
export function vagrantProgram(
  { directory, logDirectory, settingsFile, vagrantHome }: VagrantPlace,
  userEnvironment: NodeJS.ProcessEnv,
): VagrantProgram {
  // https://developer.hashicorp.com/vagrant/docs/other/environmental-variables
  const environment = {
    VAGRANT_CWD: vagrantfileDirectory,
    VAGRANT_HOME: vagrantHome,
    VAGRANT_DOTFILE_PATH: path.join(directory, 'vagrant'),
    VAGRANT_DEFAULT_PROVIDER: 'docker',
    VAGRANT_CHECKPOINT_DISABLE: '1',
    VAGRANT_NO_COLOR: '1',
    VAGRANT_IGNORE_WINRM_PLUGIN: '1',
    GITOPS_LAB_SETTINGS: settingsFile,
  };
  const logFile = path.join(logDirectory, 'vagrant.log');
  /** Runs it once; its lines, and whether it ended well. */
  const runOnce = async (
    args: readonly string[],
    signal: AbortSignal,
    onLine: (line: string) => void,
  ): Promise<{ readonly lines: readonly string[]; readonly isDone: boolean }> => {
    const lines: string[] = [];
    const { isDone } = await runLogged({
      program: 'vagrant',
      args,
      directory,
      environment: { ...userEnvironment, ...environment },
      logFile,
      signal,
      onLine: (line) => {
        lines.push(line);
        onLine(line);
      },
    });
    return { lines, isDone };
  };
  const ask = async (
    args: readonly string[],
    signal = new AbortController().signal,
    onLine: (line: string) => void = () => undefined,
  ): Promise<string> => {
    const tryIt = async () => {
      const tried = await runOnce(args, signal, onLine);
      return isLocked(tried.lines) ? undefined : tried;
    };
    const goal = `vagrant ${args.join(' ')} to find its machine unlocked`;
    const { lines, isDone } = await waitUntil(tryIt, { goal, timeoutMs: lockTimeoutMs, signal });
    const output = lines.join('\n');
    if (isDone) return output;
    throw new ExplainedError({
      what: `vagrant ${args.join(' ')} failed`,
      why:
        lines
          .filter((line) => line.trim() !== '')
          .slice(-8)
          .join('\n') || 'it said nothing',
      next: adviceFor(output) ?? `see ${logFile}`,
    });
  };
  return {
    environment,
    ask,
    run: async (args, signal, onLine) => {
      await ask(args, signal, onLine);
    },
  };
}
