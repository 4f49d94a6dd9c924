import { lookUp } from './install.ts';
import { findOwnTools } from './own-directory.ts';
import { recipeOf } from './sources.ts';
import type { Tool, ToolName } from './tool.ts';
import { createWorkContext } from './work-context.ts';

/** A tool that is at hand, in the user's directory or in the cache; undefined where it would have to be made. */
export async function findTool(name: ToolName, environment: NodeJS.ProcessEnv): Promise<Tool | undefined> {
  const context = createWorkContext(environment, new AbortController().signal, () => undefined);
  const own = (await findOwnTools([name], context)).get(name);
  if (own !== undefined) return own;
  for (const kind of ['official', 'go'] as const) {
    const recipe = recipeOf(name, kind, context);
    const entry = recipe === undefined ? undefined : await lookUp(recipe, context);
    if (entry?.state === 'whole') return { ...entry.installed, name };
  }
  return undefined;
}
