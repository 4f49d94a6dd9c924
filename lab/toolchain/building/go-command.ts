import path from 'node:path';
import { execa } from 'execa';
import { z } from 'zod';
import type { WorkContext } from '../work-context.ts';
import { explainBuildFailure } from './build-failure.ts';
import { runLogged } from './logged-run.ts';

/** Where a build happens. */
export interface BuildPlace {
  /** For messages. */
  readonly name: string;
  readonly scratch: string;
  readonly logFile: string;
}

const moduleSchema = z.object({
  Dir: z.string().optional(),
  Version: z.string().optional(),
  Error: z.string().optional(),
});

/** The directory with the module folders of this repository. */
export const moduleFolders = path.join(import.meta.dirname, '..', 'go');

/**
 * What Go is run with. The user's proxy and checksum settings stay; flags and workspaces of the user's do not, because
 * the committed go.mod and go.sum decide.
 */
function goEnvironment({ environment, platform }: WorkContext, scratch: string): NodeJS.ProcessEnv {
  return {
    ...environment,
    CGO_ENABLED: '0',
    GOOS: platform.os,
    GOARCH: platform.arch,
    // An empty GOFLAGS would let those of `go env -w` through.
    GOFLAGS: '-mod=readonly',
    GOWORK: 'off',
    GOTMPDIR: scratch,
    // A compiler that collects garbage less often is 15 to 20 % faster.
    GOGC: environment['GOGC'] ?? '400',
  };
}

/** What Go is doing, by a line that it says: the package that it compiles, or what it says of itself. */
export function goStep(line: string): string {
  const ofGo = /^go: (.+)/.exec(line)?.[1];
  return ofGo ?? `compiling ${line}`;
}

/** Runs Go. Throws an explained error with the end of the log where it fails. */
export async function runGo(
  args: readonly string[],
  directory: string,
  place: BuildPlace,
  context: WorkContext,
): Promise<void> {
  const { isDone, lastLines } = await runLogged({
    program: 'go',
    args,
    directory,
    environment: goEnvironment(context, place.scratch),
    logFile: place.logFile,
    signal: context.signal,
    onLine: (line) => {
      context.show(goStep(line));
    },
  });
  if (!isDone) throw explainBuildFailure(place.name, lastLines, place.logFile);
}

/**
 * The read-only directory of a module that a module folder pins, downloaded where it is not there yet, and verified
 * against the folder's go.sum. Throws an explained error where it can't be had.
 */
export async function moduleDirectory(
  module: string,
  folder: string,
  place: BuildPlace,
  context: WorkContext,
): Promise<string> {
  context.show(`downloading ${module}`);
  const result = await execa('go', ['mod', 'download', '-json', module], {
    cwd: path.join(moduleFolders, folder),
    env: goEnvironment(context, place.scratch),
    extendEnv: false,
    reject: false,
    cancelSignal: context.signal,
  });
  context.signal.throwIfAborted();
  const answer = result.stdout.trim() === '' ? {} : moduleSchema.parse(JSON.parse(result.stdout));
  if (answer.Dir !== undefined && !result.failed) return answer.Dir;
  throw explainBuildFailure(place.name, [answer.Error ?? result.stderr.trim()], place.logFile);
}
