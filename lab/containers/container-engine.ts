import { execa } from 'execa';
import { ExplainedError } from '../../common/explained-error.ts';

/** The container engines that nodes can run in, the first found is taken. */
const engineNames = ['docker', 'podman'] as const;
export type ContainerEngineName = (typeof engineNames)[number];

/** A container engine that answers. */
export interface ContainerEngine {
  readonly name: ContainerEngineName;
  readonly version: string;
  readonly cgroupVersion: 1 | 2;
  /** Runs one of its commands to the end; what it said. Throws an explained error where it fails, or the signal's reason. */
  readonly run: (args: readonly string[], signal?: AbortSignal) => Promise<string>;
}

interface Answer {
  readonly name: ContainerEngineName;
  /** Undefined where the program is not there. */
  readonly exitCode: number | undefined;
  readonly stdout: string;
  readonly stderr: string;
}

/** What each is asked: its version and the host's cgroups, apart by a space (https://docs.docker.com/reference/cli/docker/system/info/). */
const questions: Readonly<Record<ContainerEngineName, string>> = {
  docker: '{{.ServerVersion}} {{.CgroupVersion}}',
  podman: '{{.Version.Version}} {{.Host.CgroupsVersion}}',
};

const answerTimeoutMs = 15_000;

async function ask(name: ContainerEngineName, environment: NodeJS.ProcessEnv): Promise<Answer> {
  const args = ['info', '--format', questions[name]];
  const { exitCode, stdout, stderr } = await execa(name, args, {
    env: environment,
    reject: false,
    timeout: answerTimeoutMs,
    stdin: 'ignore',
  });
  return { name, exitCode, stdout, stderr };
}

/** Why an engine that is installed does not answer, and what to do. */
export function explainSilence({ name, stderr }: Pick<Answer, 'name' | 'stderr'>): ExplainedError {
  const isRefused = /permission denied/i.test(stderr);
  return new ExplainedError({
    what: isRefused ? `${name} does not let this user in` : `${name} is installed but does not answer`,
    why: stderr.trim().split('\n').at(-1) ?? 'it said nothing',
    next: isRefused
      ? 'add yourself to the group of its socket (for Docker: sudo usermod -aG docker $USER, then log in again), or use rootless Podman'
      : 'start it (for Docker: sudo systemctl start docker, or Docker Desktop), then run this again',
  });
}

function cgroupVersionOf(text: string): 1 | 2 {
  return text.trim().endsWith('1') ? 1 : 2;
}

function open({ name, stdout }: Answer, environment: NodeJS.ProcessEnv): ContainerEngine {
  const [version = 'unknown', cgroups = ''] = stdout.trim().split(' ');
  return {
    name,
    version,
    cgroupVersion: cgroupVersionOf(cgroups),
    run: async (args, signal) => {
      const result = await execa(name, args, {
        env: environment,
        reject: false,
        stdin: 'ignore',
        ...(signal === undefined ? {} : { cancelSignal: signal }),
      });
      signal?.throwIfAborted();
      if (result.exitCode === 0) return result.stdout;
      throw new ExplainedError({
        what: `${name} ${args.slice(0, 2).join(' ')} failed`,
        why: result.stderr.trim() || (result.shortMessage ?? 'it said nothing'),
      });
    },
  };
}

/** The container engine of this machine: Docker, or else Podman. Throws an explained error where none answers. */
export async function findContainerEngine(environment: NodeJS.ProcessEnv): Promise<ContainerEngine> {
  const silent: Answer[] = [];
  for (const name of engineNames) {
    const answer = await ask(name, environment);
    if (answer.exitCode === 0 && answer.stdout.trim() !== '') return open(answer, environment);
    if (answer.exitCode !== undefined) silent.push(answer);
  }
  const [first] = silent;
  if (first !== undefined) throw explainSilence(first);
  throw new ExplainedError({
    what: 'no container engine was found',
    why: `neither ${engineNames.join(' nor ')} is on the PATH`,
    next: 'install Docker (https://docs.docker.com/engine/install/) or Podman, or use --lab embedded, which needs neither',
  });
}
