import { createWriteStream } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import path from 'node:path';
import { formatDuration } from '../common/duration.ts';
import { startEmbeddedLab } from './embedded/embedded-lab.ts';
import type { ManagedApplication, StartedEngine, StoreAccess } from './engines/engine.ts';
import type { EngineFeature } from './engines/feature.ts';
import { installEngine, type EngineChoice } from './engines/registry.ts';
import type { Forge, ForgeName } from './forge/forge.ts';
import { startGiteaForge } from './forge/gitea/gitea-forge.ts';
import { startGitServer } from './forge/git-server.ts';
import { startOciRegistry, type OciRegistry } from './forge/oci-registry.ts';
import { createStateStore, type StateStore } from './forge/state-store.ts';
import { openGitAccess, saveGitAccess } from './home/git-access.ts';
import type { LabHome } from './home/lab-home.ts';
import type { KubeAccess } from './kube/kube-access.ts';
import type { Lab } from './lab.ts';
import type { PreparedOperator } from './operator/operator.ts';
import { fileOf } from './toolchain/file-of.ts';
import { startNoticeReceiver, type NoticeReceiver } from './notifications/receiver.ts';
import type { Tool, ToolName } from './toolchain/tool.ts';

/** The repository that says how the lab's cluster should be. */
const repositoryName = 'fleet';

/** The part of a lab that holds Git, and outlives a lost cluster. */
interface ForgeSpec {
  readonly home: LabHome;
  /** Where its log goes. */
  readonly logDirectory: string;
  /** Committed to a state store that is new; one that the home holds already is taken as it is. */
  readonly initialFiles: Readonly<Record<string, string>>;
  readonly tools: ReadonlyMap<ToolName, Tool>;
  /** `git-http` unless it is said. */
  readonly forge?: ForgeName;
  readonly signal: AbortSignal;
}

/** An image without content that a registry has from the start. */
interface FirstImage {
  readonly repository: string;
  readonly tag: string;
}

/** The part of a lab that follows Git: a cluster with an engine, where one is chosen. */
interface ClusterSpec {
  readonly home: LabHome;
  /** Where the components' logs go. */
  readonly logDirectory: string;
  readonly tools: ReadonlyMap<ToolName, Tool>;
  readonly nodes: number;
  /** How long a simulated pod takes from being scheduled to being ready. */
  readonly podStartMs: number;
  readonly engine?: EngineChoice;
  /** What is wanted of the engine besides keeping plain manifests; none where it is left out. */
  readonly features?: readonly EngineFeature[];
  readonly application: ManagedApplication;
  /** Where the engine is to post its notifications; it tells nobody where this is left out. */
  readonly noticeUrl?: string;
  /** Where the lab's registry is to be, from `chooseRegistryHost`; it has none where this is left out. */
  readonly registryHost?: string;
  /** From `prepareOperator`; the cluster has none where this is left out. */
  readonly operator?: PreparedOperator;
  /** What the registry has before the engine is installed. */
  readonly firstImages?: readonly FirstImage[];
  readonly signal: AbortSignal;
  /** Told once after each part that takes its time, in a few words. */
  readonly onStep: (text: string) => void;
  /** Told as soon as the API server answers. */
  readonly onAnswering?: (access: KubeAccess) => void;
  /** Told when the control plane is ready. */
  readonly onControlPlane?: () => void;
  /** Told each command that installs the engine, when it is about to be run. */
  readonly onCommand?: (command: string) => void;
}

/** A lab with its state store and, where one is chosen, an engine that follows it. */
type ManagedLabSpec = Omit<ForgeSpec & ClusterSpec, 'logDirectory' | 'noticeUrl'> & {
  /** Where the components' logs go; the home's own directory where it is left out. */
  readonly logDirectory?: string;
  /** The server of a state store that another lab has, and stops; a store of this lab's own where it is left out. */
  readonly sharedForge?: Forge | undefined;
};

/** A cluster that runs, with its engine. */
export interface ManagedCluster extends AsyncDisposable {
  readonly lab: Lab;
  readonly engine: StartedEngine | undefined;
  /** Undefined unless one was asked for. */
  readonly registry: OciRegistry | undefined;
  readonly controlPlaneMs: number;
  /** Until the engine had applied the state store once; 0 where there is no engine. */
  readonly engineInstallMs: number;
  /** Ends all of it, the engine first; its home stays. A second call does nothing. */
  readonly stop: () => Promise<void>;
}

/** A managed lab that runs. */
export interface ManagedLab extends ManagedCluster {
  /** The state store, where it is served, and what lets a client in. */
  readonly state: StoreAccess;
  readonly forge: Forge;
  /** What the engine notifies; undefined unless the feature `notifications` was asked for. */
  readonly noticeReceiver: NoticeReceiver | undefined;
}

async function openStore(spec: ForgeSpec): Promise<StateStore> {
  const { home, signal } = spec;
  const store = await createStateStore({ directory: home.gitDirectory, name: repositoryName, signal });
  await commitFirstFiles(store, spec);
  return store;
}

async function commitFirstFiles(store: StateStore, { initialFiles }: ForgeSpec): Promise<void> {
  const isNew = (await store.log()).length === 1;
  const hasFiles = Object.keys(initialFiles).length > 0;
  if (isNew && hasFiles) await store.commit('Add the first manifests', initialFiles);
}

/** Appends lines to a file until it is ended; one that can't be written must not end the lab. */
function openLog(logFile: string): { write: (line: string) => void; end: () => void } {
  const stream = createWriteStream(logFile, { flags: 'a', mode: 0o600 }).on('error', () => undefined);
  return {
    write: (line) => void stream.write(`${new Date().toISOString()} ${line}\n`),
    end: () => void stream.end(),
  };
}

async function startGitea({ home, tools, logDirectory, signal }: ForgeSpec): Promise<Forge> {
  const place = {
    directory: path.join(home.directory, 'gitea'),
    program: fileOf(tools, 'gitea', 'gitea'),
    logDirectory,
    ledgerFile: home.ledgerFile,
  };
  return startGiteaForge(place, repositoryName, signal);
}

/** The state store of either forge, served, with the first manifests in it. Throws an explained error. */
export async function startForge(spec: ForgeSpec): Promise<Forge> {
  await mkdir(spec.logDirectory, { recursive: true, mode: 0o700 });
  if (spec.forge !== 'gitea') return startGitHttp(spec);
  const forge = await startGitea(spec);
  await commitFirstFiles(forge.state.store, spec).catch(async (error: unknown) => {
    await forge.stop();
    throw error;
  });
  return forge;
}

async function startGitHttp(spec: ForgeSpec): Promise<Forge> {
  const { home, logDirectory } = spec;
  const store = await openStore(spec);
  const { username, password, port } = await openGitAccess(home);
  const log = openLog(path.join(logDirectory, 'git-server.log'));
  const listeners = new Set<() => void>();
  const start = async (at: number | undefined) =>
    startGitServer({
      directory: home.gitDirectory,
      credentials: { username, password },
      ...(at === undefined ? {} : { port: at }),
      log: log.write,
      onPush: () => {
        for (const listener of [...listeners]) listener();
      },
    });
  let gitServer = await start(port);
  await saveGitAccess(home, { username, password, port: gitServer.port });
  return {
    state: { store, url: gitServer.urlOf(repositoryName), username, password },
    protect: async () => Promise.resolve(),
    onPush: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    takeAway: async () => gitServer.stop(),
    giveBack: async () => {
      gitServer = await start(gitServer.port);
    },
    stop: async () => {
      await gitServer.stop();
      log.end();
    },
  };
}

async function startLab(spec: ClusterSpec): Promise<Lab> {
  const { home, logDirectory, tools, nodes, podStartMs, signal, onAnswering } = spec;
  const { name, directory, ledgerFile } = home;
  return startEmbeddedLab({
    name,
    directory,
    logDirectory,
    ledgerFile,
    nodes,
    podStartMs,
    tools,
    signal,
    ...(onAnswering === undefined ? {} : { onAnswering }),
  });
}

/** Starts the operator of a cluster, where it has one. Returns what ends both. */
function startOperator({ operator, application, logDirectory }: ClusterSpec, lab: Lab): Lab['stop'] {
  if (operator === undefined) return lab.stop;
  const log = openLog(path.join(logDirectory, 'operator.log'));
  const started = operator.start({ access: lab.access, namespace: application.namespace, log: log.write });
  return async () => {
    await started.stop();
    log.end();
    await lab.stop();
  };
}

async function timed<T>(work: Promise<T>): Promise<[T, number]> {
  const startMs = performance.now();
  return [await work, performance.now() - startMs];
}

interface Unwinding {
  readonly add: (stop: () => Promise<void>) => void;
  readonly unwind: () => Promise<void>;
}

/** Stops what was started, the latest first; one that fails keeps none of the others from being stopped. */
function unwinding(): Unwinding {
  const started: (() => Promise<void>)[] = [];
  let unwound: Promise<void> | undefined;
  const stopAll = async (): Promise<void> => {
    const failures: unknown[] = [];
    for (const stop of started.reverse()) await stop().catch((error: unknown) => failures.push(error));
    if (failures.length > 0) throw failures[0];
  };
  return { add: (stop) => started.push(stop), unwind: async () => (unwound ??= stopAll()) };
}

/**
 * Starts a cluster, and the engine in it, which has applied the state store once when this returns. What was started is
 * stopped again where a part fails. Throws an explained error, or the signal's reason.
 */
export async function startManagedCluster(spec: ClusterSpec, state: StoreAccess): Promise<ManagedCluster> {
  const {
    logDirectory,
    tools,
    engine: choice,
    features = [],
    noticeUrl,
    application,
    registryHost: host,
    firstImages = [],
    signal,
    onStep,
    onControlPlane,
    onCommand,
  } = spec;
  await mkdir(logDirectory, { recursive: true, mode: 0o700 });
  const [lab, controlPlaneMs] = await timed(startLab(spec));
  try {
    onControlPlane?.();
    onStep(`control plane ready in ${formatDuration(controlPlaneMs)}`);
    const registry = host === undefined ? undefined : await startOciRegistry({ ...lab, host, tools, signal });
    for (const { repository, tag } of firstImages) await registry?.pushImage(repository, tag);
    const stop = startOperator(spec, lab);
    const common = { lab, registry, controlPlaneMs, stop, [Symbol.asyncDispose]: stop };
    if (choice === undefined) return { ...common, engine: undefined, engineInstallMs: 0 };
    const startMs = performance.now();
    let engineInstallMs = 0;
    const engine = await installEngine(choice, {
      lab,
      tools,
      state,
      application,
      features,
      ...(noticeUrl === undefined ? {} : { noticeUrl }),
      signal,
      ...(onCommand === undefined ? {} : { onCommand }),
      onSynced: () => {
        engineInstallMs = performance.now() - startMs;
        onStep(`engine installed and synced in ${formatDuration(engineInstallMs)}`);
      },
    });
    return { ...common, engine, engineInstallMs };
  } catch (error) {
    await lab.stop();
    throw error;
  }
}

/**
 * Starts the state store and its server, the cluster, and the engine, which has applied the store once when this returns.
 * What was started is stopped again where a part fails. Throws an explained error, or the signal's reason.
 */
export async function startManagedLab(given: ManagedLabSpec): Promise<ManagedLab> {
  const spec = { ...given, logDirectory: given.logDirectory ?? given.home.logDirectory };
  const { add, unwind } = unwinding();
  try {
    const forge = spec.sharedForge ?? (await startForge(spec));
    if (spec.sharedForge === undefined) add(forge.stop);
    const isNotified = spec.features?.includes('notifications') === true;
    const noticeReceiver = isNotified ? await startNoticeReceiver() : undefined;
    if (noticeReceiver !== undefined) add(noticeReceiver.stop);
    const notified = noticeReceiver === undefined ? {} : { noticeUrl: noticeReceiver.url };
    const cluster = await startManagedCluster({ ...spec, ...notified }, forge.state);
    add(cluster.stop);
    await forge.protect();
    return {
      ...cluster,
      state: forge.state,
      forge,
      noticeReceiver,
      stop: unwind,
      [Symbol.asyncDispose]: unwind,
    };
  } catch (error) {
    await unwind();
    throw error;
  }
}
