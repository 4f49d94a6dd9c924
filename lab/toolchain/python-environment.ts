import { createHash } from 'node:crypto';
import { constants } from 'node:fs';
import { access, mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { execa } from 'execa';
import { ExplainedError } from '../../common/explained-error.ts';
import { runLogged } from './building/logged-run.ts';
import { prepareCache } from './cache.ts';
import { withLock } from './lock.ts';
import type { WorkContext } from './work-context.ts';

/** A private Python environment with Ansible in it. */
export interface PythonEnvironment {
  /** What was installed: name -> version. */
  readonly versions: Readonly<Record<string, string>>;
  /** The directory of its programs; it has to come first on the PATH of what runs them. */
  readonly programs: string;
}

/** What is installed, each file with its hash, as `pip-compile --generate-hashes` writes it. */
const requirementsFile = path.join(import.meta.dirname, 'python', 'requirements.txt');

/** Versions that ansible-core 2.19 runs on (https://docs.ansible.com/ansible/latest/reference_appendices/release_and_maintenance.html). */
const oldestMinor = 11;
const programNames = ['python3', 'python3.13', 'python3.12', 'python3.11'];

/** The versions that a requirements file pins. */
export function pinnedVersions(requirements: string): Record<string, string> {
  return Object.fromEntries(
    [...requirements.matchAll(/^([\w.-]+)==(\S+)/gm)].map(([, name = '', version = '']) => [name, version]),
  );
}

/** Whether ansible-core runs on a Python that calls itself `Python 3.12.1`. */
export function isUsablePython(answer: string): boolean {
  const minor = /^Python 3\.(\d+)/.exec(answer)?.[1];
  return minor !== undefined && Number(minor) >= oldestMinor;
}

async function findPython({
  environment,
  signal,
}: WorkContext): Promise<{ program: string; answer: string }> {
  const seen: string[] = [];
  for (const program of programNames) {
    const options = { env: environment, reject: false, stdin: 'ignore', cancelSignal: signal } as const;
    const { exitCode, stdout } = await execa(program, ['--version'], options);
    signal.throwIfAborted();
    if (exitCode !== 0) continue;
    if (isUsablePython(stdout)) return { program, answer: stdout };
    seen.push(stdout.trim());
  }
  throw new ExplainedError({
    what: 'no Python for Ansible was found',
    why:
      seen.length === 0
        ? 'there is no python3 on the PATH'
        : `only ${[...new Set(seen)].join(' and ')}; Ansible needs 3.${oldestMinor} or newer`,
    next: `install Python 3.${oldestMinor} or newer with its venv module (Debian: apt install python3-venv)`,
  });
}

interface Making {
  readonly program: string;
  readonly directory: string;
  readonly context: WorkContext;
}

/** Makes the environment in place, for Python writes its path into the programs. */
async function make({ program, directory, context }: Making): Promise<void> {
  const logFile = path.join(context.cache.logs, 'python.log');
  const steps: readonly (readonly [string, readonly string[]])[] = [
    [program, ['-m', 'venv', directory]],
    [
      path.join(directory, 'bin', 'python'),
      [
        '-m',
        'pip',
        'install',
        '--disable-pip-version-check',
        '--require-hashes',
        '--requirement',
        requirementsFile,
      ],
    ],
  ];
  for (const [command, args] of steps) {
    const { isDone, lastLines } = await runLogged({
      program: command,
      args,
      directory: context.cache.root,
      environment: { ...context.environment, PIP_USER: '0', PYTHONPATH: '', PYTHONHOME: undefined },
      logFile,
      signal: context.signal,
      onLine: (line) => {
        context.show(line);
      },
    });
    if (isDone) continue;
    throw new ExplainedError({
      what: 'the Python environment for Ansible could not be made',
      why: lastLines.slice(-5).join('\n'),
      next: lastLines.some((line) => line.includes('ensurepip'))
        ? 'install the venv module of Python (Debian: apt install python3-venv)'
        : `look whether this machine reaches a package index of Python; the log is ${logFile}`,
    });
  }
}

/**
 * Provides Ansible and ansible-runner in an environment of their own, in the cache; made where it is not there yet, from files
 * with the hashes that are committed. Throws an explained error where it can't be made.
 */
export async function providePythonEnvironment(context: WorkContext): Promise<PythonEnvironment> {
  const requirements = await readFile(requirementsFile, 'utf8');
  const { program, answer } = await findPython(context);
  const digest = createHash('sha256').update(`${answer}\n${requirements}`).digest('hex').slice(0, 16);
  const directory = path.join(context.cache.root, 'python', digest);
  const programs = path.join(directory, 'bin');
  const whole = path.join(directory, 'complete');
  const provided = { versions: pinnedVersions(requirements), programs };
  const isWhole = async (): Promise<boolean> =>
    access(whole, constants.R_OK).then(
      () => true,
      () => false,
    );
  if (await isWhole()) return provided;
  await prepareCache(context.cache);
  return withLock('python', context, async (signal) => {
    if (await isWhole()) return provided;
    context.say('making a Python environment for Ansible');
    await rm(directory, { recursive: true, force: true });
    await mkdir(path.dirname(directory), { recursive: true });
    await make({ program, directory, context: { ...context, signal } });
    await writeFile(whole, '');
    return provided;
  });
}
