import { startClock } from '../../common/clock.ts';
import { prepareCache } from './cache.ts';
import type { Installed } from './installed.ts';
import { makeTools } from './make-tools.ts';
import { findOwnTools } from './own-directory.ts';
import type { ToolchainProgress } from './progress.ts';
import { chooseSources, divideIntoSets } from './sources.ts';
import type { Tool, ToolName } from './tool.ts';
import { createWorkContext } from './work-context.ts';

export { describeMismatch } from './mismatch.ts';
export type { ToolchainProgress } from './progress.ts';
export { toolNames, type Tool, type ToolName } from './tool.ts';

export interface ToolchainOptions {
  /** GITOPS_LAB_TOOLS, GITOPS_LAB_MIRROR, XDG_CACHE_HOME, and all that Go reads. */
  readonly environment: NodeJS.ProcessEnv;
  readonly progress: ToolchainProgress;
  readonly signal: AbortSignal;
}

const withName = (name: ToolName, installed: Installed): Tool => ({ ...installed, name });

/**
 * Provides tools, ready to run: from the directory that GITOPS_LAB_TOOLS names, from the cache, from their
 * publishers, or built by Go, in this order. Two runs at once make a tool once; an abort leaves nothing half-made.
 * Throws an explained error where a tool can't be had, or where what a publisher serves is wrong.
 */
export async function provideTools(
  names: readonly ToolName[],
  options: ToolchainOptions,
): Promise<ReadonlyMap<ToolName, Tool>> {
  const { environment, progress, signal } = options;
  const context = createWorkContext(environment, signal, progress.notice);
  const own = await findOwnTools(names, context);
  const sets = divideIntoSets(names, new Set(own.keys()));
  if (sets.length > 0) await prepareCache(context.cache);
  const sourced = await chooseSources(sets, context);
  const made = await makeTools(sourced, context, progress, startClock());
  const tools = new Map<ToolName, Tool>();
  for (const name of names) {
    const [ownTool, installed] = [own.get(name), made.get(name)];
    if (ownTool !== undefined) tools.set(name, ownTool);
    else if (installed !== undefined) tools.set(name, withName(name, installed));
  }
  return tools;
}
