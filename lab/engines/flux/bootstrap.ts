import { execa } from 'execa';
import path from 'node:path';
import { createWriteStream } from 'node:fs';
import { ExplainedError } from '../../../common/explained-error.ts';
import type { Lab } from '../../lab.ts';
import type { ManagedApplication, StoreAccess } from '../engine.ts';
import type { FluxController } from './controllers.ts';
import { clusterPath } from './manifests.ts';
import type { FluxOptions } from './options.ts';

interface BootstrapOptions {
  readonly lab: Lab;
  readonly flux: string;
  readonly state: StoreAccess;
  readonly controllers: readonly FluxController[];
  readonly options: FluxOptions;
  readonly application: ManagedApplication;
  readonly logFile: string;
  readonly signal: AbortSignal;
  /** Told the command line, without the password. */
  readonly onCommand?: (command: string) => void;
}

/** The arguments of `flux bootstrap git` (https://fluxcd.io/flux/cmd/flux_bootstrap_git/); the password goes by environment. */
export function bootstrapArguments(
  kubeconfig: string,
  {
    state,
    controllers,
    options,
    application,
  }: Pick<BootstrapOptions, 'state' | 'controllers' | 'options' | 'application'>,
): string[] {
  return [
    'bootstrap',
    'git',
    `--url=${state.url}`,
    '--branch=main',
    `--path=${clusterPath(application)}`,
    `--username=${state.username}`,
    '--token-auth',
    '--allow-insecure-http',
    '--silent',
    `--components=${controllers.join(',')}`,
    `--interval=${options.sourceInterval}`,
    `--kubeconfig=${kubeconfig}`,
  ];
}

/**
 * Runs `flux bootstrap git` to its end: the repository gets flux-system/, the cluster gets the components and follows
 * the repository. The controllers must be started meanwhile. Throws an explained error with the end of its output.
 */
export async function bootstrap({
  lab,
  flux,
  state,
  controllers,
  options,
  application,
  logFile,
  signal,
  onCommand,
}: BootstrapOptions): Promise<void> {
  const args = bootstrapArguments(lab.kubeconfigFile, { state, controllers, options, application });
  onCommand?.(['flux', ...args].map((word) => word.replace(lab.kubeconfigFile, 'KUBECONFIG')).join(' '));
  const run = execa(flux, args, {
    env: {
      GIT_PASSWORD: state.password,
      HOME: lab.directory,
      PATH: process.env['PATH'] ?? '',
      // What it leaves there when it is cut off goes with the lab.
      TMPDIR: lab.directory,
    },
    extendEnv: false,
    stdin: 'ignore',
    all: true,
    reject: false,
    cancelSignal: signal,
  });
  run.all.pipe(createWriteStream(logFile, { flags: 'a', mode: 0o600 }));
  const { exitCode, all, shortMessage } = await run;
  signal.throwIfAborted();
  if (exitCode === 0) return;
  throw new ExplainedError({
    what: 'flux bootstrap failed',
    why: all.trimEnd().split('\n').slice(-6).join('\n') || (shortMessage ?? 'it said nothing'),
    next: `see ${path.basename(logFile)} beside the other logs`,
  });
}
