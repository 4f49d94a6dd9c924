import { execa } from 'execa';
import { z } from 'zod';
import { ExplainedError } from '../../../common/explained-error.ts';

/** The oldest Go that the modules under lab/toolchain/go accept (the `go` line of each go.mod). */
export const oldestGo = '1.26';

const remedy = `install Go ${oldestGo} or newer (https://go.dev/dl/), or set GITOPS_LAB_TOOLS to a directory with the programs`;

const settingsSchema = z.object({ GOVERSION: z.string(), GOCACHE: z.string(), GOMODCACHE: z.string() });

/** The Go that is there. */
export interface GoProgramFound {
  /** As Go writes it: go1.26.8. */
  readonly version: string;
  readonly buildCache: string;
  readonly moduleCache: string;
}

function tooOld(version: string, why: string): ExplainedError {
  return new ExplainedError({ what: `${version} is too old to build the tools`, why, next: remedy });
}

function isOldEnough(version: string): boolean {
  const [, major, minor] = /^go(\d+)\.(\d+)/.exec(version) ?? [];
  // A development version has no number and is taken to be new.
  if (major === undefined || minor === undefined) return true;
  const [oldestMajor, oldestMinor] = oldestGo.split('.').map(Number);
  if (Number(major) !== oldestMajor) return Number(major) > (oldestMajor ?? 0);
  return Number(minor) >= (oldestMinor ?? 0);
}

/**
 * Asks Go for its version and caches, in a module's directory, where GOTOOLCHAIN has its effect.
 * Throws an explained error where there is no Go, or it is too old.
 */
export async function findGo(
  environment: NodeJS.ProcessEnv,
  moduleDirectory: string,
  signal: AbortSignal,
): Promise<GoProgramFound> {
  const result = await execa('go', ['env', '-json', 'GOVERSION', 'GOCACHE', 'GOMODCACHE'], {
    cwd: moduleDirectory,
    env: { ...environment, GOWORK: 'off' },
    extendEnv: false,
    reject: false,
    cancelSignal: signal,
  });
  signal.throwIfAborted();
  if (result.code === 'ENOENT') {
    throw new ExplainedError({
      what: 'Go was not found',
      why: 'no program "go" is on the PATH',
      next: remedy,
    });
  }
  const needed = /requires go >= \S+ \(running go (\S+?);?[ )]/.exec(result.stderr);
  if (needed?.[1] !== undefined) throw tooOld(`Go ${needed[1]}`, result.stderr.trim());
  if (result.failed) {
    throw new ExplainedError({
      what: '"go env" failed',
      why: result.stderr.trim() || (result.shortMessage ?? 'it could not be run'),
      next: remedy,
    });
  }
  const settings = settingsSchema.parse(JSON.parse(result.stdout));
  if (!isOldEnough(settings.GOVERSION)) {
    throw tooOld(`Go ${settings.GOVERSION.slice(2)}`, `the modules need Go ${oldestGo} or newer`);
  }
  return { version: settings.GOVERSION, buildCache: settings.GOCACHE, moduleCache: settings.GOMODCACHE };
}
