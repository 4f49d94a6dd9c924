import { createWriteStream } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import path from 'node:path';
import { formatDuration } from '../common/duration.ts';
import { startEmbeddedLab } from './embedded/embedded-lab.ts';
import type { ManagedApplication, StartedEngine, StoreAccess } from './engines/engine.ts';
import { installEngine, type EngineChoice } from './engines/registry.ts';
import type { Forge, ForgeName } from './forge/forge.ts';
import { startGiteaForge } from './forge/gitea/gitea-forge.ts';
import { startGitServer } from './forge/git-server.ts';
import { createStateStore, type StateStore } from './forge/state-store.ts';
import { openGitAccess, saveGitAccess } from './home/git-access.ts';
import type { LabHome } from './home/lab-home.ts';
import type { Lab } from './lab.ts';
import { fileOf } from './toolchain/file-of.ts';
import type { Tool, ToolName } from './toolchain/tool.ts';

/** The repository that says how the lab's cluster should be. */
const repositoryName = 'fleet';

/** A lab with its state store and, where one is chosen, an engine that follows it. */
interface ManagedLabSpec {
  readonly home: LabHome;
  /** Where the components' logs go; the home's own directory where it is left out. */
  readonly logDirectory?: string;
  readonly tools: ReadonlyMap<ToolName, Tool>;
  readonly nodes: number;
  /** How long a simulated pod takes from being scheduled to being ready. */
  readonly podStartMs: number;
  readonly engine?: EngineChoice;
  readonly application: ManagedApplication;
  /** Committed to a state store that is new; one that the home holds already is taken as it is. */
  readonly initialFiles: Readonly<Record<string, string>>;
  /** `git-http` unless it is said. */
  readonly forge?: ForgeName;
  readonly signal: AbortSignal;
  /** Told once after each part that takes its time, in a few words. */
  readonly onStep: (text: string) => void;
}

/** A managed lab that runs. */
export interface ManagedLab extends AsyncDisposable {
  readonly lab: Lab;
  /** The state store, where it is served, and what lets a client in. */
  readonly state: StoreAccess;
  readonly forge: Pick<Forge, 'takeAway' | 'giveBack' | 'reviewed'>;
  readonly engine: StartedEngine | undefined;
  readonly controlPlaneMs: number;
  /** Until the engine had applied the state store once; 0 where there is no engine. */
  readonly engineInstallMs: number;
  /** Ends all of it, the engine first; its home stays. A second call does nothing. */
  readonly stop: () => Promise<void>;
}

async function openStore(spec: ManagedLabSpec): Promise<StateStore> {
  const { home, signal } = spec;
  const store = await createStateStore({ directory: home.gitDirectory, name: repositoryName, signal });
  await commitFirstFiles(store, spec);
  return store;
}

async function commitFirstFiles(store: StateStore, { initialFiles }: ManagedLabSpec): Promise<void> {
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

async function startGitea({ home, tools, signal }: ManagedLabSpec, logDirectory: string): Promise<Forge> {
  const place = {
    directory: path.join(home.directory, 'gitea'),
    program: fileOf(tools, 'gitea', 'gitea'),
    logDirectory,
    ledgerFile: home.ledgerFile,
  };
  return startGiteaForge(place, repositoryName, signal);
}

/** The state store of either forge, with the first manifests in it. */
async function startForge(spec: ManagedLabSpec, logDirectory: string): Promise<Forge> {
  if (spec.forge !== 'gitea') return startGitHttp(spec, logDirectory);
  const forge = await startGitea(spec, logDirectory);
  await commitFirstFiles(forge.state.store, spec).catch(async (error: unknown) => {
    await forge.stop();
    throw error;
  });
  return forge;
}

async function startGitHttp(spec: ManagedLabSpec, logDirectory: string): Promise<Forge> {
  const { home } = spec;
  const store = await openStore(spec);
  const { username, password, port } = await openGitAccess(home);
  const log = openLog(path.join(logDirectory, 'git-server.log'));
  const start = async (at: number | undefined) =>
    startGitServer({
      directory: home.gitDirectory,
      credentials: { username, password },
      ...(at === undefined ? {} : { port: at }),
      log: log.write,
    });
  let gitServer = await start(port);
  await saveGitAccess(home, { username, password, port: gitServer.port });
  return {
    state: { store, url: gitServer.urlOf(repositoryName), username, password },
    protect: async () => Promise.resolve(),
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

async function startLab(spec: ManagedLabSpec, logDirectory: string): Promise<Lab> {
  const { home, tools, nodes, podStartMs, signal } = spec;
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
  });
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
 * Starts the state store and its server, the cluster, and the engine, which has applied the store once when this returns.
 * What was started is stopped again where a part fails. Throws an explained error, or the signal's reason.
 */
export async function startManagedLab(spec: ManagedLabSpec): Promise<ManagedLab> {
  const { home, tools, engine: choice, application, signal, onStep } = spec;
  const logDirectory = spec.logDirectory ?? home.logDirectory;
  await mkdir(logDirectory, { recursive: true, mode: 0o700 });
  const { add, unwind } = unwinding();
  try {
    const forge = await startForge(spec, logDirectory);
    add(forge.stop);
    const { state } = forge;
    const [lab, controlPlaneMs] = await timed(startLab(spec, logDirectory));
    add(lab.stop);
    onStep(`control plane ready in ${formatDuration(controlPlaneMs)}`);
    const common = { lab, state, forge, controlPlaneMs, stop: unwind, [Symbol.asyncDispose]: unwind };
    if (choice === undefined) return { ...common, engine: undefined, engineInstallMs: 0 };
    const startMs = performance.now();
    let engineInstallMs = 0;
    const engine = await installEngine(choice, {
      lab,
      tools,
      state,
      application,
      signal,
      onSynced: () => {
        engineInstallMs = performance.now() - startMs;
        onStep(`engine installed and synced in ${formatDuration(engineInstallMs)}`);
      },
    });
    await forge.protect();
    return { ...common, engine, engineInstallMs };
  } catch (error) {
    await unwind();
    throw error;
  }
}
