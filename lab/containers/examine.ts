import { statfs } from 'node:fs/promises';
import { ExplainedError, messageOf } from '../../common/explained-error.ts';
import type { Examination, Obstacle } from '../provider.ts';
import { findUnreachable } from '../toolchain/official/reachability.ts';
import { findContainerEngine, type ContainerEngine, type ContainerEngineName } from './container-engine.ts';
import { hasImage } from './engine-images.ts';

/** What labs in containers need of a machine. */
export interface ContainerNeeds {
  /** Images that nodes can be made from: the first that is there is taken, and the last can be pulled. */
  readonly images: readonly [string, ...string[]];
  /** What to do where none is there and none can be pulled. */
  readonly withoutImage: string;
}

interface Question {
  readonly environment: NodeJS.ProcessEnv;
  readonly signal: AbortSignal;
}

/** What two labs take at once, an engine in each, as they were seen to: 0.6 to 0.9 GB with Flux, 1.3 GB with Argo CD. */
const neededMemoryBytes = 3e9;

/** What two nodes take beside their image: those of the engines, once in the engine's store and once in each node. */
const neededDiskBytes = 4e9;

const roomQuestions: Readonly<Record<ContainerEngineName, string>> = {
  docker: '{{.MemTotal}} {{.DockerRootDir}}',
  podman: '{{.Host.MemTotal}} {{.Store.GraphRoot}}',
};

const gigabytes = (bytes: number): string => `${(bytes / 1e9).toFixed(1)} GB`;

/** Whether the engine has room for two labs; its memory can be less than the machine's. */
export function judgeRoom(memoryBytes: number, freeDiskBytes: number | undefined): Obstacle[] {
  const scarceMemory: Obstacle = {
    what: `the container engine has ${gigabytes(memoryBytes)} of memory, and two labs want ${gigabytes(neededMemoryBytes)}`,
    remedy:
      'give it more (Docker Desktop has a setting for it), or measure one engine at a time: --engine flux',
    isFatal: false,
  };
  const scarceDisk: Obstacle = {
    what: `the container engine has ${gigabytes(freeDiskBytes ?? 0)} of disk free, and two labs want ${gigabytes(neededDiskBytes)}`,
    remedy: 'free some space on its disk; the engine tells what it keeps there: docker system df',
    isFatal: false,
  };
  return [
    ...(memoryBytes < neededMemoryBytes ? [scarceMemory] : []),
    ...(freeDiskBytes !== undefined && freeDiskBytes < neededDiskBytes ? [scarceDisk] : []),
  ];
}

/** Bytes free in the engine's store; undefined where that is not on this machine, or not for this user to see. */
async function freeIn(directory: string): Promise<number | undefined> {
  try {
    const { bavail, bsize } = await statfs(directory);
    return bavail * bsize;
  } catch {
    return undefined;
  }
}

async function examineRoom({ name, run }: ContainerEngine, signal: AbortSignal): Promise<Obstacle[]> {
  const answer = (await run(['info', '--format', roomQuestions[name]], signal)).trim();
  const [memory = '', ...directory] = answer.split(' ');
  return judgeRoom(Number(memory), await freeIn(directory.join(' ')));
}

/** The address of the registry that an image is pulled from (https://docs.docker.com/reference/cli/docker/image/tag/#description). */
export function registryOf(image: string): string {
  const [first = ''] = image.split('/');
  const isHost = image.includes('/') && /[.:]|^localhost$/.test(first);
  return isHost && first !== 'docker.io' ? `https://${first}` : 'https://registry-1.docker.io';
}

async function examineImages(
  engine: ContainerEngine,
  { images, withoutImage }: ContainerNeeds,
  signal: AbortSignal,
): Promise<Examination> {
  for (const image of images) {
    if (await hasImage(engine, image, signal)) return { found: [`image ${image}`], obstacles: [] };
  }
  const last = images.at(-1) ?? images[0];
  const registry = registryOf(last);
  const why = (await findUnreachable([registry], signal)).get(registry);
  if (why === undefined) return { found: [`image ${last}, which will be pulled`], obstacles: [] };
  const what = `${engine.name} has no image ${images.join(' or ')}, and ${new URL(registry).host} can't be reached (${why})`;
  return { found: [], obstacles: [{ what, remedy: withoutImage, isFatal: true }] };
}

function obstacleOf(error: unknown): Obstacle {
  const { why, next } = error instanceof ExplainedError ? error : {};
  const what = [messageOf(error), why].filter((part) => part !== undefined).join(': ');
  return { what, remedy: next ?? 'use --lab embedded', isFatal: true };
}

/** Looks for a container engine with an image for the nodes and room for them; pulls nothing. Throws the signal's reason alone. */
export async function examineContainers(
  needs: ContainerNeeds,
  { environment, signal }: Question,
): Promise<Examination> {
  try {
    const engine = await findContainerEngine(environment);
    const { found, obstacles } = await examineImages(engine, needs, signal);
    return {
      found: [`${engine.name} ${engine.version}`, ...found],
      obstacles: [...obstacles, ...(await examineRoom(engine, signal))],
    };
  } catch (error) {
    signal.throwIfAborted();
    return { found: [], obstacles: [obstacleOf(error)] };
  }
}
