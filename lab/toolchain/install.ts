import { mkdir, mkdtemp, readdir, rename, rm } from 'node:fs/promises';
import path from 'node:path';
import { ExplainedError } from '../../common/explained-error.ts';
import { inspectEntry, writeManifest, type CacheEntry, type Installed } from './installed.ts';
import { withLock } from './lock.ts';
import type { Origin } from './tool.ts';
import type { WorkContext } from './work-context.ts';

/** How a tool gets into the cache. */
export interface Recipe {
  readonly name: string;
  readonly version: string;
  readonly origin: Exclude<Origin, 'own'>;
  /** The directory of the cache it goes to; changes whenever what it makes would. */
  readonly directoryName: string;
  readonly fileNames: readonly string[];
  /** Puts the files into an empty directory; `scratch` is thrown away afterwards. Returns the tool's source. */
  readonly fill: (directory: string, scratch: string, context: WorkContext) => Promise<string>;
  /** Looks at the filled directory, its programs executable, and throws where it can't be used. */
  readonly check?: (directory: string) => Promise<void>;
}

/** The directory that a recipe fills in the end. */
export function directoryOf(recipe: Recipe, { cache }: Pick<WorkContext, 'cache'>): string {
  return path.join(cache.tools, recipe.name, recipe.directoryName);
}

/** What the cache holds for a recipe. */
export async function lookUp(recipe: Recipe, context: Pick<WorkContext, 'cache'>): Promise<CacheEntry> {
  return await inspectEntry(directoryOf(recipe, context));
}

/** While its lock is held, a tool's temporary directories can only be those of runs that were killed. */
async function removeLeftovers(name: string, { cache }: WorkContext): Promise<void> {
  const names = await readdir(cache.temporary);
  for (const leftover of names.filter((entry) => entry.replace(/-[^-]*$/, '') === name)) {
    await rm(path.join(cache.temporary, leftover), { recursive: true, force: true });
  }
}

function isDiskFull(error: unknown): boolean {
  return error instanceof Error && ['ENOSPC', 'EDQUOT'].includes((error as NodeJS.ErrnoException).code ?? '');
}

function diskFull(directory: string, cause: unknown): ExplainedError {
  return new ExplainedError({
    what: `the disk with ${directory} is full`,
    next: 'free some space there, or set XDG_CACHE_HOME to a directory on a larger disk',
    cause,
  });
}

async function fillInto(target: string, recipe: Recipe, context: WorkContext): Promise<void> {
  const workplace = await mkdtemp(path.join(context.cache.temporary, `${recipe.name}-`));
  try {
    const [filled, scratch] = [path.join(workplace, 'tool'), path.join(workplace, 'scratch')];
    await mkdir(filled);
    await mkdir(scratch);
    const source = await recipe.fill(filled, scratch, context);
    const { name, version, origin } = recipe;
    await writeManifest(filled, recipe.fileNames, { name, version, origin, source });
    await recipe.check?.(filled);
    context.signal.throwIfAborted();
    await mkdir(path.dirname(target), { recursive: true });
    await rm(target, { recursive: true, force: true });
    await rename(filled, target);
  } catch (error) {
    throw isDiskFull(error) ? diskFull(context.cache.root, error) : error;
  } finally {
    await rm(workplace, { recursive: true, force: true });
  }
}

async function installLocked(recipe: Recipe, context: WorkContext): Promise<Installed> {
  const target = directoryOf(recipe, context);
  const before = await inspectEntry(target);
  if (before.state === 'whole') return before.installed;
  if (before.state === 'damaged') {
    context.say(`the cached ${recipe.name} is damaged (${before.why}); it is made again`);
  }
  await removeLeftovers(recipe.name, context);
  await fillInto(target, recipe, context);
  const after = await inspectEntry(target);
  if (after.state !== 'whole') throw new Error(`${target} was changed while it was installed`);
  return after.installed;
}

/**
 * Takes a tool from the cache, or makes it. Whatever is interrupted leaves no half-made tool: the files are made
 * elsewhere and moved into place at once. Two runs at a time make it once.
 */
export async function install(recipe: Recipe, context: WorkContext): Promise<Installed> {
  return await withLock(
    recipe.name,
    context,
    async (signal) => await installLocked(recipe, { ...context, signal }),
  );
}
