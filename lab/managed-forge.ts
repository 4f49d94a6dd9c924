import { mkdir } from 'node:fs/promises';
import path from 'node:path';
import type { Forge, ForgeName } from './forge/forge.ts';
import { startGiteaForge } from './forge/gitea/gitea-forge.ts';
import { startGitServer } from './forge/git-server.ts';
import { startRefusingServer, type RefusingServer } from './forge/refusing-server.ts';
import { createStateStore, type StateStore } from './forge/state-store.ts';
import { openGitAccess, saveGitAccess } from './home/git-access.ts';
import type { LabHome } from './home/lab-home.ts';
import { openLineLog } from './line-log.ts';
import { fileOf } from './toolchain/file-of.ts';
import type { HostPlace } from './provider.ts';
import type { Tool, ToolName } from './toolchain/tool.ts';

/** The repository that says how the lab's cluster should be. */
const repositoryName = 'fleet';

/** The part of a lab that holds Git, and outlives a lost cluster. */
export interface ForgeSpec {
  readonly home: LabHome;
  /** Where its log goes. */
  readonly logDirectory: string;
  /** Committed to a state store that is new; one that the home holds already is taken as it is. */
  readonly initialFiles: Readonly<Record<string, string>>;
  readonly tools: ReadonlyMap<ToolName, Tool>;
  /** Where it is to listen. */
  readonly host: HostPlace;
  /** `git-http` unless it is said. */
  readonly forge?: ForgeName;
  readonly signal: AbortSignal;
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

async function startGitea({ home, tools, host, logDirectory, signal }: ForgeSpec): Promise<Forge> {
  const place = {
    directory: path.join(home.directory, 'gitea'),
    program: fileOf(tools, 'gitea', 'gitea'),
    address: host.address,
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
  const { home, logDirectory, host } = spec;
  const store = await openStore(spec);
  const { username, password, port } = await openGitAccess(home);
  const log = openLineLog(path.join(logDirectory, 'git-server.log'));
  const listeners = new Set<() => void>();
  const start = async (at: number | undefined) =>
    startGitServer({
      directory: home.gitDirectory,
      host: host.address,
      credentials: { username, password },
      ...(at === undefined ? {} : { port: at }),
      log: log.write,
      onPush: () => {
        for (const listener of [...listeners]) listener();
      },
    });
  let gitServer = await start(port);
  let refusing: RefusingServer | undefined;
  await saveGitAccess(home, { username, password, host: host.address, port: gitServer.port });
  return {
    state: { store, url: gitServer.urlOf(repositoryName), username, password },
    protect: async () => Promise.resolve(),
    onPush: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    takeAway: async (onTry = () => undefined) => {
      await gitServer.stop();
      refusing = await startRefusingServer(host.address, gitServer.port, onTry);
    },
    giveBack: async () => {
      await refusing?.stop();
      refusing = undefined;
      gitServer = await start(gitServer.port);
    },
    stop: async () => {
      await refusing?.stop();
      await gitServer.stop();
      log.end();
    },
  };
}
