import { mkdir, symlink } from 'node:fs/promises';
import path from 'node:path';
import { execa } from 'execa';
import { ExplainedError } from '../../common/explained-error.ts';
import type { ContainerEngineName } from '../containers/container-engine.ts';
import { runLogged } from '../toolchain/building/logged-run.ts';

/** What is built, from what, and with which engine. */
interface KindBuild {
  readonly kind: string;
  readonly engine: ContainerEngineName;
  readonly baseImage: string;
  readonly image: string;
  /** As Go calls it: `amd64`. */
  readonly architecture: string;
  readonly serverArchive: string;
  /** For what it unpacks. */
  readonly directory: string;
  readonly logFile: string;
  readonly environment: NodeJS.ProcessEnv;
  readonly signal: AbortSignal;
}

/** The arguments of `kind build node-image` (https://kind.sigs.k8s.io/docs/user/quick-start/#building-images). */
export function buildArguments(
  build: Pick<KindBuild, 'baseImage' | 'image' | 'architecture' | 'serverArchive'>,
): string[] {
  const { baseImage, image, architecture, serverArchive } = build;
  const what = ['--type', 'file', '--base-image', baseImage, '--image', image, '--arch', architecture];
  return ['build', 'node-image', ...what, serverArchive];
}

/** Of the engines, kind builds with the program called docker only; Podman understands what it is asked. */
async function pathWithDocker({ engine, directory, environment }: KindBuild): Promise<string> {
  const own = environment['PATH'] ?? '';
  if (engine === 'docker') return own;
  const programs = path.join(directory, 'programs');
  const { stdout } = await execa('sh', ['-c', `command -v ${engine}`], { env: environment });
  await mkdir(programs);
  await symlink(stdout.trim(), path.join(programs, 'docker'));
  return [programs, own].join(path.delimiter);
}

/** Has kind put a node image together. Throws an explained error with the end of its log where it fails. */
export async function buildWithKind(build: KindBuild, show: (detail: string) => void): Promise<void> {
  const { isDone, lastLines } = await runLogged({
    program: build.kind,
    args: buildArguments(build),
    directory: build.directory,
    environment: { ...build.environment, PATH: await pathWithDocker(build), TMPDIR: build.directory },
    logFile: build.logFile,
    signal: build.signal,
    onLine: show,
  });
  if (isDone) return;
  throw new ExplainedError({
    what: 'kind could not put the node image together',
    why: `it ended with:\n${lastLines.map((line) => `    ${line}`).join('\n')}`,
    next: `read ${build.logFile}, and run the command again`,
  });
}
