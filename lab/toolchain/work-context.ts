import { cacheOf, type Cache } from './cache.ts';
import { platformOf, type Platform } from './platform.ts';

/** What everything that makes a tool needs. */
export interface WorkContext {
  readonly environment: NodeJS.ProcessEnv;
  readonly platform: Platform;
  readonly cache: Cache;
  readonly signal: AbortSignal;
  /** Tells the user something that stays true: one plain line. */
  readonly say: (line: string) => void;
  /** Shows what is being done now; `fraction` is how much of the tool is done, 0 to 1, where that is known. */
  readonly show: (detail: string, fraction?: number) => void;
}

/** What is needed to make tools on this machine. Throws an explained error where the lab does not run on it. */
export function createWorkContext(
  environment: NodeJS.ProcessEnv,
  signal: AbortSignal,
  say: WorkContext['say'],
): WorkContext {
  const platform = platformOf(process.platform, process.arch);
  return { environment, signal, platform, cache: cacheOf(environment), say, show: () => undefined };
}
