import { constants } from 'node:fs';
import { access, mkdir } from 'node:fs/promises';
import path from 'node:path';
import envPaths from 'env-paths';
import { ExplainedError, messageOf } from '../../common/explained-error.ts';

/** The directories of the tool cache; all on one file system, so that a finished tool is moved into place at once. */
export interface Cache {
  readonly root: string;
  readonly tools: string;
  readonly temporary: string;
  readonly logs: string;
  readonly locks: string;
  /** What was accepted from publishers; see official/accepted.ts. */
  readonly acceptedFile: string;
}

/** Where tools are cached: `gitops-lab` in $XDG_CACHE_HOME, or in the platform's cache directory. */
export function cacheOf(environment: NodeJS.ProcessEnv): Cache {
  const configured = environment['XDG_CACHE_HOME'];
  // The XDG base directory specification has relative paths ignored.
  const isUsable = configured !== undefined && path.isAbsolute(configured);
  const root = isUsable ? path.join(configured, 'gitops-lab') : envPaths('gitops-lab', { suffix: '' }).cache;
  return {
    root,
    tools: path.join(root, 'tools'),
    temporary: path.join(root, 'temporary'),
    logs: path.join(root, 'logs'),
    locks: path.join(root, 'locks'),
    acceptedFile: path.join(root, 'accepted.json'),
  };
}

/** Makes the directories. Throws an explained error where the cache can't be written. */
export async function prepareCache(cache: Cache): Promise<void> {
  try {
    for (const directory of [cache.tools, cache.temporary, cache.logs, cache.locks]) {
      await mkdir(directory, { recursive: true });
      await access(directory, constants.W_OK);
    }
  } catch (error) {
    throw new ExplainedError({
      what: `the tool cache ${cache.root} can't be written`,
      why: messageOf(error),
      next: 'make it writable, or set XDG_CACHE_HOME to a directory that is',
      cause: error,
    });
  }
}
