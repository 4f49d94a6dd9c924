import { setMaxListeners } from 'node:events';
import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { ExplainedError } from '../../common/explained-error.ts';
import { unwindAfter } from '../../common/unwind.ts';
import { ownCommand } from '../../common/own-command.ts';
import { recordLeftover } from '../home/leftovers.ts';
import { openCluster } from '../kube/kube-access.ts';
import type { Lab, ProcessRuntime } from '../lab.ts';
import { podRuntime } from '../pods/pod-runtime.ts';
import { usageOfPods } from '../pods/pod-usage.ts';
import { openComponentSet } from '../process/component-set.ts';
import type { LabSpec } from '../provider.ts';
import { claimCluster } from './claim.ts';
import { explainConnection } from './connection.ts';
import type { ChosenContext } from './contexts.ts';
import { resolvedConfig, tokenKubeconfigs } from './credentials.ts';
import { imagesOfCluster } from './images.ts';
import type { ClusterNodes } from './nodes.ts';
import type { Removal } from './removal-record.ts';
import { removeLab } from './removal.ts';
import { planTaking } from './take-cluster.ts';
import { watchCluster } from './watch-cluster.ts';

/** A cluster that was looked at, and may be disturbed. */
export interface ExistingPlace {
  readonly context: ChosenContext;
  readonly nodes: ClusterNodes;
  /** Whether engines run as processes of this machine, because pods don't run. */
  readonly engineOnHost: boolean;
  readonly isAdopting: boolean;
  readonly loadCommand: string | undefined;
  readonly makesPublished: boolean;
}

/** Where the program finds what it needs to remove a lab without its owner. */
export const removalFileName = 'existing-cluster.json';

/** Writes down how the lab is removed by whoever ends it, before there is anything to be removed. */
async function recordRemoval({ home }: LabSpec, { context }: ExistingPlace, removal: Removal): Promise<void> {
  const file = path.join(home.directory, removalFileName);
  const kubeconfig = context.config.exportConfig();
  await writeFile(
    file,
    JSON.stringify({ context: context.name, server: context.server, kubeconfig, removal }),
    {
      mode: 0o600,
    },
  );
  recordLeftover(home, {
    what: `what the lab made in the cluster of the context ${context.name}`,
    program: process.execPath,
    args: [
      '--import',
      import.meta.resolve('tsx'),
      fileURLToPath(new URL('remove-leftover.ts', import.meta.url)),
      file,
    ],
    environment: {},
  });
}

function cannotRemove(lab: string, context: ChosenContext, error: unknown): ExplainedError {
  const { message, why } = error instanceof ExplainedError ? error : explainConnection(context, error);
  return new ExplainedError({
    what: `what the lab made in the cluster of the context "${context.name}" could not be removed`,
    why: why === undefined ? message : `${message}: ${why}`,
    next: `remove it once the cluster can be reached: ${ownCommand('lab', 'down', lab)}`,
    cause: error,
  });
}

/** Begins a lab in a cluster that is there. Throws an explained error, or the signal's reason. */
export async function startExistingLab(spec: LabSpec, place: ExistingPlace): Promise<Lab> {
  const { home, logDirectory, onAnswering } = spec;
  const { context, nodes, engineOnHost } = place;
  await mkdir(logDirectory, { recursive: true, mode: 0o700 });
  const kubeconfigFile = path.join(home.directory, 'kubeconfig');
  const resolved = await resolvedConfig(context.config);
  await writeFile(kubeconfigFile, resolved.exportConfig(), { mode: 0o600 });
  const access = openCluster(context.config.exportConfig());
  const ending = new AbortController();
  // Every followed log listens to it.
  setMaxListeners(0, ending.signal);
  const components = openComponentSet({ logDirectory, ledgerFile: home.ledgerFile });
  let removal: Removal | undefined;
  let stopped: Promise<void> | undefined;
  const stopAll = async (): Promise<void> => {
    ending.abort();
    await components.stop();
    try {
      if (removal !== undefined) await removeLab(access, removal);
    } catch (error) {
      throw cannotRemove(home.name, context, error);
    } finally {
      access.close();
    }
  };
  const stop = async (): Promise<void> => (stopped ??= stopAll());
  const images = imagesOfCluster({ access, architectures: nodes.architectures, ...place });
  const runtime: Lab['runtime'] = engineOnHost
    ? ({
        kind: 'processes',
        crash: components.crash,
        writeKubeconfig: tokenKubeconfigs(access, home.directory),
      } satisfies ProcessRuntime)
    : podRuntime(images, { access, logDirectory, ending: ending.signal });
  try {
    const taking = await planTaking(spec, { ...place, context: context.name }, access);
    spec.signal.throwIfAborted();
    await recordRemoval(spec, place, taking.removal);
    removal = taking.removal;
    await claimCluster(access, removal, new Date());
    onAnswering?.(access);
    return {
      name: home.name,
      directory: home.directory,
      logDirectory,
      fidelity: {
        provider: 'existing',
        podsAreSimulated: nodes.areSimulated,
        podStartMs: 0,
        nodes: nodes.count,
      },
      kubeconfigFile,
      access,
      ...(taking.isEngineThere ? { isEngineThere: true } : {}),
      runtime,
      components: components.all,
      usage: async () => [
        ...(await components.usage()),
        ...(engineOnHost ? [] : await usageOfPods(access).catch(() => [])),
      ],
      run: components.run,
      broken: Promise.race([components.broken, watchCluster(context, access, ending.signal)]),
      lose: async () => Promise.reject(new Error('a cluster that is not the lab’s is never lost')),
      stop,
      [Symbol.asyncDispose]: stop,
    };
  } catch (error) {
    return unwindAfter(error, stop);
  }
}
