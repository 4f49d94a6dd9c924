import { access, copyFile, mkdir, mkdtemp, readdir, rename, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { execa } from 'execa';
import { create } from 'tar';
import type { Clock } from '../../common/clock.ts';
import { formatDuration } from '../../common/duration.ts';
import { ExplainedError } from '../../common/explained-error.ts';
import type { ContainerEngine } from '../containers/container-engine.ts';
import { keyOf } from '../node-image/built-image.ts';
import { prepareCache } from '../toolchain/cache.ts';
import { withLock } from '../toolchain/lock.ts';
import { createWorkContext, type WorkContext } from '../toolchain/work-context.ts';
import { boxFiles, boxMetadata, boxRecipe, diskArguments, digestOfTree } from './box-parts.ts';
import { provideMachineImage } from './machine-image.ts';

/** Changes with what the code here does to the parts. */
const recipeVersion = '1';

export interface BoxOptions {
  readonly engine: ContainerEngine;
  readonly environment: NodeJS.ProcessEnv;
  readonly clock: Clock;
  readonly signal: AbortSignal;
  /** Is told what is being done, and how long it took. */
  readonly notice: (line: string) => void;
}

interface Making extends BoxOptions {
  /** Of the machines' image. */
  readonly image: string;
  /** Says what the box is made from. */
  readonly key: string;
  /** On the disk of the cache; removed in the end. */
  readonly directory: string;
}

async function step(what: string, { clock, notice }: BoxOptions, work: () => Promise<void>): Promise<void> {
  const startMs = clock.nowMs();
  notice(`${what} ...`);
  await work();
  notice(`${what}: ${formatDuration(Math.round(clock.nowMs() - startMs))}`);
}

/** Runs qemu-img. Throws an explained error where it is not there or fails, or the signal's reason. */
async function qemuImage(
  args: readonly string[],
  { environment, signal }: Pick<BoxOptions, 'environment' | 'signal'>,
): Promise<void> {
  const options = { env: environment, extendEnv: false, reject: false, stdin: 'ignore' } as const;
  const { exitCode, stderr } = await execa('qemu-img', args, { ...options, cancelSignal: signal });
  signal.throwIfAborted();
  if (exitCode === 0) return;
  throw new ExplainedError(
    exitCode === undefined
      ? {
          what: 'qemu-img was not found, which makes the disks of boxes',
          next: 'install it (Debian: apt install qemu-utils)',
        }
      : { what: `qemu-img ${args[0] ?? ''} failed`, why: stderr.trim() || 'it said nothing' },
  );
}

/** Lays the machine's file system out as a disk, in the directory, with the kernel that starts it. */
async function writeDisk(making: Making): Promise<void> {
  const { engine, image, key, directory, signal } = making;
  const reference = `gitops-lab-box:${key}`;
  const build = ['build', '--quiet', '--build-arg', `BASE=${image}`, '--tag', reference, boxRecipe];
  await step('kernel and system', making, async () => {
    await engine.run(build, signal);
  });
  const container = `gitops-lab-box-${key}`;
  try {
    await step('disk', making, async () => {
      await engine.run(diskArguments(reference, container, directory), signal);
      const files = [path.join(directory, 'disk.raw'), path.join(directory, 'box.img')];
      await qemuImage(['convert', '-O', 'qcow2', ...files], making);
    });
  } finally {
    // It outlives a command that is interrupted.
    await engine.run(['rm', '--force', container]).catch(() => undefined);
    await engine.run(['rmi', '--force', reference]).catch(() => undefined);
  }
}

/** Puts the parts of the directory together, and moves the box to its place in one step. */
async function pack(making: Making, file: string): Promise<void> {
  const { directory } = making;
  await writeFile(path.join(directory, 'metadata.json'), boxMetadata());
  await copyFile(path.join(boxRecipe, 'Vagrantfile'), path.join(directory, 'Vagrantfile'));
  await step('box', making, async () => {
    const packed = path.join(directory, 'packed.box');
    await create({ cwd: directory, file: packed, portable: true }, [...boxFiles]);
    await rename(packed, file);
  });
}

async function isThere(file: string): Promise<boolean> {
  return access(file).then(
    () => true,
    () => false,
  );
}

/** Boxes that were made from other parts. */
async function removeOthers(file: string): Promise<void> {
  const boxes = path.dirname(file);
  for (const name of await readdir(boxes))
    if (name !== path.basename(file)) await rm(path.join(boxes, name), { force: true });
}

/** The box of a machine's image, which is made where it is not there yet. */
async function provideBox(image: string, options: BoxOptions, { cache }: WorkContext): Promise<string> {
  const { engine, notice, signal } = options;
  const id = await engine.run(['image', 'inspect', '--format', '{{.Id}}', image], signal);
  const parts = { recipeVersion, image: id.trim(), recipe: await digestOfTree(boxRecipe) };
  const key = keyOf(parts).slice(0, 12);
  const file = path.join(cache.root, 'boxes', `gitops-lab-machine-${key}.box`);
  if (await isThere(file)) {
    notice('the box of the machines: up to date');
    return file;
  }
  await mkdir(path.dirname(file), { recursive: true });
  const directory = await mkdtemp(path.join(cache.temporary, 'machine-box-'));
  try {
    const making = { ...options, image, key, directory };
    await writeDisk(making);
    await pack(making, file);
    await removeOthers(file);
    return file;
  } finally {
    await rm(directory, { recursive: true, force: true });
  }
}

/**
 * Makes a Vagrant box for virtual machines of libvirt, from the image of the machines and a kernel of Debian's; the file. One that
 * was made from the same is not made again. Throws an explained error where a part can't be had, or the signal's reason.
 */
export async function makeMachineBox(options: BoxOptions): Promise<string> {
  const { engine, environment, notice } = options;
  const context = createWorkContext(environment, options.signal, notice);
  await prepareCache(context.cache);
  await qemuImage(['--version'], options);
  return withLock('machine-box', context, async (signal) => {
    const { reference } = await provideMachineImage(engine, environment, signal);
    return provideBox(reference, { ...options, signal }, context);
  });
}
