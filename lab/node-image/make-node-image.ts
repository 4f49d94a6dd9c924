import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { execa } from 'execa';
import type { Clock } from '../../common/clock.ts';
import { formatDuration } from '../../common/duration.ts';
import { ExplainedError } from '../../common/explained-error.ts';
import type { ContainerEngine } from '../containers/container-engine.ts';
import { moduleDirectory } from '../toolchain/building/go-command.ts';
import { prepareCache } from '../toolchain/cache.ts';
import { fileOf } from '../toolchain/file-of.ts';
import { withLock } from '../toolchain/lock.ts';
import { provideTools, type ToolchainProgress } from '../toolchain/toolchain.ts';
import { createWorkContext, type WorkContext } from '../toolchain/work-context.ts';
import { baseDockerfile, layOutBase } from './base-image.ts';
import { keyLabel, keyOf, stateOf } from './built-image.ts';
import { buildWithKind } from './kind-build.ts';
import { readKindImages } from './kind-source.ts';
import { digestsOf, imageBaseTools, nodeImageTools, type Tools } from './node-tools.ts';
import { preloadedImages } from './preloaded-images.ts';
import { requirePrivileged } from './privileged.ts';
import { writeServerArchive } from './server-archive.ts';

const baseImage = 'localhost/gitops-lab/node-base:made';
const draftImage = 'localhost/gitops-lab/node:draft';

const baseTools = ['debian-node', 'containerd', 'crictl', 'cni-plugins', 'kind'] as const;

/** Changes with what the code here does to the parts. */
const recipeVersion = '1';

interface NodeImageOptions {
  readonly engine: ContainerEngine;
  /** What the image is called in the end. */
  readonly image: string;
  readonly environment: NodeJS.ProcessEnv;
  readonly progress: ToolchainProgress;
  readonly clock: Clock;
  readonly signal: AbortSignal;
}

interface Making extends NodeImageOptions {
  readonly tools: Tools;
  readonly context: WorkContext;
  /** On the disk of the cache; removed in the end. */
  readonly directory: string;
}

async function step(what: string, { clock, progress }: Making, work: () => Promise<void>): Promise<void> {
  const startMs = clock.nowMs();
  progress.notice(`${what} ...`);
  await work();
  progress.notice(`${what}: ${formatDuration(Math.round(clock.nowMs() - startMs))}`);
}

async function makeBase(key: string, module: string, making: Making): Promise<void> {
  const { engine, progress, directory, signal, tools } = making;
  if ((await stateOf(engine, baseImage, key, signal)) === 'current') {
    progress.notice('the node without Kubernetes: up to date');
    return;
  }
  await step('the node without Kubernetes', making, async () => {
    const place = path.join(directory, 'base');
    await mkdir(place);
    await layOutBase(place, module, tools);
    await writeFile(path.join(place, 'Dockerfile'), baseDockerfile({ [keyLabel]: key }));
    await engine.run(['build', '--quiet', '--network', 'none', '--tag', baseImage, place], signal);
    await rm(place, { recursive: true });
  });
}

async function requiredImages({ tools, signal }: Making, version: string): Promise<string[]> {
  const kubeadm = fileOf(tools, 'kubernetes-node', 'kubeadm');
  const asked = ['config', 'images', 'list', '--kubernetes-version', version];
  const { stdout } = await execa(kubeadm, asked, { cancelSignal: signal });
  return stdout.split('\n').filter((line) => line !== '');
}

async function archiveServer(making: Making, module: string): Promise<string> {
  const { tools, context, directory } = making;
  const version = tools.get('kubernetes-node')?.version ?? '';
  const names = await readKindImages(module);
  const required = await requiredImages(making, version);
  const images = preloadedImages(required, names, context.platform.arch, tools);
  return writeServerArchive(path.join(directory, 'server'), version, images, tools);
}

/** Puts the parts together under a name of its own, and then labels it with what it was made from. */
async function assemble(key: string, serverArchive: string, making: Making): Promise<void> {
  const { engine, image, tools, context, directory, environment, signal } = making;
  await buildWithKind(
    {
      kind: fileOf(tools, 'kind', 'kind'),
      engine: engine.name,
      baseImage,
      image: draftImage,
      architecture: context.platform.arch,
      serverArchive,
      directory,
      logFile: path.join(context.cache.logs, 'node-image.log'),
      environment,
      signal,
    },
    () => undefined,
  );
  const place = path.join(directory, 'label');
  await mkdir(place);
  await writeFile(path.join(place, 'Dockerfile'), `FROM ${draftImage}\nLABEL ${keyLabel}="${key}"\n`);
  await engine.run(['build', '--quiet', '--tag', image, place], signal);
  await engine.run(['rmi', draftImage], signal);
}

async function makeIn(making: Making): Promise<void> {
  const { tools, engine, image, progress, context, directory, signal } = making;
  const place = {
    name: 'the node image',
    scratch: directory,
    logFile: path.join(context.cache.logs, 'node-image.log'),
  };
  const module = await moduleDirectory('sigs.k8s.io/kind', 'kind', place, context);
  const baseKey = keyOf({
    recipeVersion,
    dockerfile: baseDockerfile({}),
    ...digestsOf(tools, baseTools),
  });
  const key = keyOf({ recipeVersion, baseKey, ...digestsOf(tools, nodeImageTools) });
  if ((await stateOf(engine, image, key, signal)) === 'current') {
    progress.notice(`${image}: up to date`);
    return;
  }
  await makeBase(baseKey, module, making);
  let serverArchive = '';
  await step('the images that a node has from the start', making, async () => {
    serverArchive = await archiveServer(making, module);
  });
  await step(image, making, async () => assemble(key, serverArchive, making));
}

/** Finds out before anything takes long what would end it: an image of another's, and containers that can't be privileged. */
async function lookAhead(options: NodeImageOptions, context: WorkContext): Promise<void> {
  const { engine, image, environment, progress, signal } = options;
  const state = await stateOf(engine, image, 'any', signal);
  if (state === 'foreign') {
    throw new ExplainedError({
      what: `${image} is there already, and was not made by this command`,
      why: 'it is left alone; labs use it as it is',
      next: `to have one made in its place, remove it (${engine.name} rmi ${image}), or give the new one another name with --image`,
    });
  }
  if (state !== 'absent') return;
  const tools = await provideTools(['crictl'], { environment, progress, signal });
  await inWorkplace(context, async (directory) => requirePrivileged(engine, tools, directory, signal));
}

async function inWorkplace(
  { cache }: WorkContext,
  work: (directory: string) => Promise<void>,
): Promise<void> {
  const directory = await mkdtemp(path.join(cache.temporary, 'node-image-'));
  try {
    await work(directory);
  } finally {
    await rm(directory, { recursive: true, force: true });
  }
}

/**
 * Makes an image for the nodes of kind out of the toolchain's programs and Debian packages, where none can be pulled. What is
 * up to date is not made again. Throws an explained error where a part can't be had, or the signal's reason.
 */
export async function makeNodeImage(options: NodeImageOptions): Promise<void> {
  const { environment, progress, signal } = options;
  const context = createWorkContext(environment, signal, progress.notice);
  await prepareCache(context.cache);
  await lookAhead(options, context);
  const tools = await provideTools([...nodeImageTools, ...imageBaseTools], { environment, progress, signal });
  await withLock('node-image', context, async (lockSignal) => {
    await inWorkplace(context, async (directory) =>
      makeIn({ ...options, tools, context, directory, signal: lockSignal }),
    );
  });
}
