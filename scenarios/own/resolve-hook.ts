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

/** What has been told of each directory: the hook may be registered for several. */
const told: HookData[] = [];

export const initialize: InitializeHook<HookData> = (data) => {
  told.push(data);
};

/**
 * Resolves `gitops-lab` to the API, and has the files of the user's directory count as modules, though no package.json there
 * may say so (https://nodejs.org/docs/latest-v20.x/api/module.html#resolvespecifier-context-nextresolve).
 */
export const resolve: ResolveHook = async (specifier, context, nextResolve) => {
  const importer = context.parentURL ?? '';
  const owner = told.find(({ directory }) => importer.startsWith(directory));
  if (owner !== undefined && specifier === apiName) return nextResolve(owner.api, context);
  const resolved = await nextResolve(specifier, context);
  const { url } = resolved;
  const isTheirs = told.some(({ directory }) => url.startsWith(directory)) && !url.includes('/node_modules/');
  return isTheirs && /\.(ts|js)(\?|$)/.test(url) ? { ...resolved, format: 'module' } : resolved;
};
