import type { InitializeHook, ResolveHook } from 'node:module';

/** What the hook is told by the thread of the program. */
export interface HookData {
  /** The URL of the module that `gitops-lab` stands for. */
  readonly api: string;
  /** The URL of the user's directory, with a slash at its end. */
  readonly directory: string;
}

/** The word that scenarios import the API by. */
export const apiName = 'gitops-lab';

let told: HookData | undefined;

export const initialize: InitializeHook<HookData> = (data) => {
  told = data;
};

/**
 * Resolves `gitops-lab` to the API, and has the files of the user's directory count as modules, though no package.json there
 * may say so (https://nodejs.org/docs/latest-v20.x/api/module.html#resolvespecifier-context-nextresolve).
 */
export const resolve: ResolveHook = async (specifier, context, nextResolve) => {
  if (told === undefined) return nextResolve(specifier, context);
  if (specifier === apiName) return nextResolve(told.api, context);
  const resolved = await nextResolve(specifier, context);
  const isTheirs = resolved.url.startsWith(told.directory) && !resolved.url.includes('/node_modules/');
  return isTheirs && /\.(ts|js)(\?|$)/.test(resolved.url) ? { ...resolved, format: 'module' } : resolved;
};
