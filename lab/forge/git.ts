import { access } from 'node:fs/promises';
import { join } from 'node:path';
import type { Readable, Writable } from 'node:stream';
import { execa } from 'execa';
import { ExplainedError } from '../../common/explained-error.ts';
import { endGroup } from '../process/end-group.ts';
import { identityOf } from '../process/process-identity.ts';

/**
 * The first release that honours GIT_CONFIG_GLOBAL, on which the isolation from the user's settings rests:
 * https://github.com/git/git/blob/master/Documentation/RelNotes/2.32.0.txt
 */
const oldestVersion = { major: 2, minor: 32 } as const;

/** Who signs the lab's commits; `.invalid` is reserved by RFC 2606, so no mail can reach anyone. */
export const committer = { name: 'gitops-lab', email: 'gitops-lab@lab.invalid' } as const;

/** No `git gc` in the background: it would outlive the server that caused it, and blur a measurement. */
const settings = ['gc.auto=0', 'maintenance.auto=false', 'receive.autogc=false'].flatMap((it) => ['-c', it]);

/** Between SIGTERM, on which git removes its lock files, and SIGKILL. */
const endGraceMs = 2000;

type Environment = Readonly<Record<string, string | undefined>>;

/** The environment for every git process: nothing of the user's Git settings, English messages, UTC times. */
export function isolatedEnvironment(base: Environment = process.env): Record<string, string> {
  const kept = Object.entries(base).filter(
    (entry): entry is [string, string] => entry[1] !== undefined && !entry[0].startsWith('GIT_'),
  );
  return {
    ...Object.fromEntries(kept),
    LC_ALL: 'C',
    TZ: 'UTC',
    GIT_CONFIG_GLOBAL: '/dev/null',
    GIT_CONFIG_NOSYSTEM: '1',
    GIT_TERMINAL_PROMPT: '0',
    GIT_AUTHOR_NAME: committer.name,
    GIT_AUTHOR_EMAIL: committer.email,
    GIT_COMMITTER_NAME: committer.name,
    GIT_COMMITTER_EMAIL: committer.email,
  };
}

interface GitOptions {
  /** The repository, or the directory to work in. */
  readonly directory: string;
  readonly input?: string;
  readonly signal?: AbortSignal | undefined;
  /** Added to the isolated environment: what no list of processes is to show. */
  readonly environment?: Readonly<Record<string, string>>;
}

interface GitResult {
  /** Undefined where git did not run or was ended by a signal. */
  readonly exitCode: number | undefined;
  readonly output: string;
  /** Git's own words about a failure. */
  readonly complaint: string;
}

/** Runs git to its end and returns how it ended. Throws only the signal's reason. */
export async function tryGit(
  gitArguments: readonly string[],
  { directory, input = '', signal, environment = {} }: GitOptions,
): Promise<GitResult> {
  signal?.throwIfAborted();
  const result = await execa('git', [...settings, ...gitArguments], {
    cwd: directory,
    env: { ...isolatedEnvironment(), ...environment },
    extendEnv: false,
    input,
    reject: false,
    stripFinalNewline: false,
    ...(signal === undefined ? {} : { cancelSignal: signal }),
  });
  signal?.throwIfAborted();
  const complaint = result.stderr.trim();
  return {
    exitCode: result.exitCode,
    output: result.stdout,
    complaint: complaint === '' ? (result.shortMessage ?? '') : complaint,
  };
}

/** The output of a git command, unchanged. Throws an explained error with git's own words where it fails. */
export async function git(gitArguments: readonly string[], options: GitOptions): Promise<string> {
  const { exitCode, output, complaint } = await tryGit(gitArguments, options);
  if (exitCode === 0) return output;
  throw new ExplainedError({
    what: `git ${gitArguments[0] ?? ''} failed in ${options.directory}`,
    why: complaint,
  });
}

/** A git process whose streams are open to the caller. */
export interface StartedGit {
  readonly stdin: Writable;
  readonly stdout: Readable;
  readonly stderr: Readable;
  /** Settles when the process has ended, however it did; never rejects. */
  readonly ended: Promise<unknown>;
  /** Ends it and every process that it started; no harm where it has ended. */
  readonly end: () => Promise<void>;
}

/** Starts git in a process group of its own. A git that can't be started shows as streams that end at once. */
export function startGit(gitArguments: readonly string[], environment: Environment): StartedGit {
  const subprocess = execa('git', [...settings, ...gitArguments], {
    env: { ...isolatedEnvironment(), ...environment },
    extendEnv: false,
    detached: true,
    buffer: false,
    encoding: 'buffer',
    reject: false,
  });
  const end = async () => {
    // Once it is reaped, its number may be another process's.
    const isReaped = subprocess.exitCode !== null || subprocess.signalCode !== null;
    const leader = isReaped || subprocess.pid === undefined ? undefined : identityOf(subprocess.pid);
    if (leader !== undefined) await endGroup(leader, endGraceMs);
  };
  const { stdin, stdout, stderr } = subprocess;
  return { stdin, stdout, stderr, ended: subprocess.catch(() => undefined), end };
}

function unfitGit(what: string, why: string, next?: string): ExplainedError {
  const { major, minor } = oldestVersion;
  return new ExplainedError({
    what,
    why,
    next: next ?? `install git ${major}.${minor} or newer: https://git-scm.com/downloads`,
  });
}

async function askGit(question: string, environment: Environment): Promise<string> {
  const result = await execa('git', [question], {
    env: isolatedEnvironment(environment),
    extendEnv: false,
    reject: false,
  });
  if (result.code === 'ENOENT') throw unfitGit('git was not found', 'no directory of PATH holds it');
  if (result.failed) throw unfitGit('git does not run', result.shortMessage ?? 'it failed');
  return result.stdout.trim();
}

function isRecentEnough(version: string): boolean {
  const [major = 0, minor = 0] = version.split('.').map(Number);
  return major > oldestVersion.major || (major === oldestVersion.major && minor >= oldestVersion.minor);
}

/**
 * The version of the system's git, for example `2.39.5`.
 * Throws an explained error where git is missing, too old, or lacks the program that serves repositories over HTTP.
 */
export async function requireGit(environment: Environment = process.env): Promise<string> {
  const answer = await askGit('--version', environment);
  const version = /^git version (\d+\.\d+(?:\.\d+)*)/.exec(answer)?.[1];
  if (version === undefined)
    throw unfitGit('the version of git is unknown', `git --version says "${answer}"`);
  if (!isRecentEnough(version)) {
    throw unfitGit(
      `git ${version} is too old`,
      "it can't be kept apart from the settings in your ~/.gitconfig",
    );
  }
  const programs = await askGit('--exec-path', environment);
  try {
    await access(join(programs, 'git-http-backend'));
  } catch {
    throw unfitGit(
      'git can not serve repositories over HTTP',
      `git-http-backend is missing from ${programs}`,
      'install it; some distributions have it in a package of its own, such as git-daemon',
    );
  }
  return version;
}
