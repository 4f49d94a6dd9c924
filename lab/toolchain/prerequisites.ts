import path from 'node:path';
import { ExplainedError, messageOf } from '../../common/explained-error.ts';
import { moduleFolders } from './building/go-command.ts';
import { findGo } from './building/go-program.ts';
import { freeBytesAt, goBuildsNeedBytes } from './free-space.ts';
import { lookUp } from './install.ts';
import { findOwnTools } from './own-directory.ts';
import { kustomizePin } from './client-pins.ts';
import { recipeOf } from './sources.ts';
import type { Origin, Tool, ToolName } from './tool.ts';
import { createWorkContext, type WorkContext } from './work-context.ts';

/** Whether a tool is at hand, and which. */
type ToolState =
  | { readonly name: ToolName; readonly state: 'ready'; readonly version: string; readonly origin: Origin }
  | { readonly name: ToolName; readonly state: 'damaged'; readonly why: string }
  | { readonly name: ToolName; readonly state: 'missing' };

/** What this machine has for the lab's programs, and for making those that are missing. */
export interface Prerequisites {
  readonly cacheDirectory: string;
  /** Undefined where the directory, and those above it, can't be asked. */
  readonly freeBytes: number | undefined;
  /** What Go builds of everything take. */
  readonly neededBytes: number;
  readonly go: { readonly version: string } | { readonly problem: string };
  readonly tools: readonly ToolState[];
}

async function describeGo({ environment, signal }: WorkContext): Promise<Prerequisites['go']> {
  try {
    const anyModule = path.join(moduleFolders, kustomizePin.folder);
    return { version: (await findGo(environment, anyModule, signal)).version };
  } catch (error) {
    if (!(error instanceof ExplainedError)) throw error;
    return { problem: [messageOf(error), error.why].filter((part) => part !== undefined).join(': ') };
  }
}

async function stateOf(
  name: ToolName,
  own: ReadonlyMap<ToolName, Tool>,
  context: WorkContext,
): Promise<ToolState> {
  const ownTool = own.get(name);
  if (ownTool !== undefined) return { name, state: 'ready', version: ownTool.version, origin: 'own' };
  let damaged: ToolState | undefined;
  for (const kind of ['official', 'go'] as const) {
    const recipe = recipeOf(name, kind, context);
    const entry = recipe === undefined ? undefined : await lookUp(recipe, context);
    if (entry?.state === 'whole') {
      const { version, origin } = entry.installed;
      return { name, state: 'ready', version, origin };
    }
    if (entry?.state === 'damaged') damaged = { name, state: 'damaged', why: entry.why };
  }
  return damaged ?? { name, state: 'missing' };
}

/** Looks at what is there, and makes nothing. Throws an explained error where the lab does not run on this platform. */
export async function checkPrerequisites(
  names: readonly ToolName[],
  environment: NodeJS.ProcessEnv,
  signal: AbortSignal,
): Promise<Prerequisites> {
  const context = createWorkContext(environment, signal, () => undefined);
  const own = await findOwnTools(names, context);
  return {
    cacheDirectory: context.cache.root,
    freeBytes: await freeBytesAt(context.cache.root),
    neededBytes: goBuildsNeedBytes,
    go: await describeGo(context),
    tools: await Promise.all(names.map(async (name) => await stateOf(name, own, context))),
  };
}
