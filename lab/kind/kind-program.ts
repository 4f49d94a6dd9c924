import { execa } from 'execa';
import { createWriteStream } from 'node:fs';
import path from 'node:path';
import { ExplainedError } from '../../common/explained-error.ts';
import { ownCommand } from '../../common/own-command.ts';
import type { ContainerEngine } from '../containers/container-engine.ts';
import { networkName } from '../containers/network.ts';
import { withoutNodeImage } from '../containers/node-image.ts';

/** The kind program, for one cluster. */
export interface KindProgram {
  /** The environment and command lines, for who runs them later. */
  readonly environment: Readonly<Record<string, string>>;
  readonly program: string;
  /** Runs it to the end. Throws an explained error where it fails, or the signal's reason. */
  readonly run: (args: readonly string[], signal?: AbortSignal) => Promise<void>;
}

/** What to do about the failures that users meet. */
export function adviceFor(output: string): string | undefined {
  if (/failed to pull image|pull access denied|manifest unknown/i.test(output)) return withoutNodeImage;
  // A node whose systemd finds no inotify instance ends at once, and kind sees that alone (https://kind.sigs.k8s.io/docs/user/known-issues/).
  if (/too many open files|exit status 137|could not find a log line that matches/i.test(output))
    return 'where other clusters run here, end them, or allow more: sudo sysctl fs.inotify.max_user_instances=1024';
  if (/no space left/i.test(output))
    return 'make room on the disk of the container engine: a node takes 2 GB';
  if (/unable to apply caps/i.test(output))
    return 'this machine lacks a capability that nodes ask for; docs/labs/offline.md says what helps';
  if (/already exist for a cluster/i.test(output))
    return `${ownCommand('lab', 'down', '--all')} removes what is left over`;
  return undefined;
}

/** The program for a cluster, with its output in kind.log of the log directory. */
export function kindProgram(
  program: string,
  { name }: Pick<ContainerEngine, 'name'>,
  logDirectory: string,
): KindProgram {
  // Experimental by name, and what its own tests and users rely on for years (https://github.com/kubernetes-sigs/kind/blob/main/pkg/cluster/internal/providers/docker/network.go).
  const environment = {
    KIND_EXPERIMENTAL_PROVIDER: name,
    KIND_EXPERIMENTAL_DOCKER_NETWORK: networkName,
    KIND_EXPERIMENTAL_PODMAN_NETWORK: networkName,
  };
  const logFile = path.join(logDirectory, 'kind.log');
  return {
    environment,
    program,
    run: async (args, signal) => {
      const run = execa(program, args, {
        env: environment,
        stdin: 'ignore',
        all: true,
        reject: false,
        ...(signal === undefined ? {} : { cancelSignal: signal }),
      });
      run.all.pipe(createWriteStream(logFile, { flags: 'a', mode: 0o600 }));
      const { exitCode, all, shortMessage } = await run;
      signal?.throwIfAborted();
      if (exitCode === 0) return;
      throw new ExplainedError({
        what: `kind ${args.slice(0, 2).join(' ')} failed`,
        why: all.trimEnd().split('\n').slice(-8).join('\n') || (shortMessage ?? 'it said nothing'),
        next: adviceFor(all) ?? `see ${logFile}`,
      });
    },
  };
}
