import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { ExecutionContext } from 'ava';
import { execa } from 'execa';
import type { Credentials } from './basic-authentication.ts';
import { isolatedEnvironment } from './git.ts';
import { startGitServer, type StartedGitServer } from './git-server.ts';
import { createStateStore, type StateStore } from './state-store.ts';

export const credentials: Credentials = { username: 'lab', password: 'a p@ss:w/rd' };

/** A directory for one test, with blanks in its path. */
export async function temporaryDirectory(t: ExecutionContext): Promise<string> {
  const directory = await mkdtemp(join(tmpdir(), 'forge test '));
  t.teardown(async () => rm(directory, { recursive: true, force: true }));
  return directory;
}

/** Git as a client of the forge runs it. Its result has the exit code; a failure does not throw. */
export async function client(directory: string, gitArguments: readonly string[], environment = {}) {
  return execa('git', gitArguments, {
    cwd: directory,
    env: { ...isolatedEnvironment(), no_proxy: '127.0.0.1', ...environment },
    extendEnv: false,
    reject: false,
  });
}

/** What a test of the forge works with. */
interface Forge {
  readonly directory: string;
  readonly repositories: string;
  readonly server: StartedGitServer;
  readonly store: StateStore;
  readonly logLines: readonly string[];
  /** The newest commit of each push, as it was when the push was told of. */
  readonly pushes: readonly Promise<string>[];
  /** The address of the repository `state`, with the right credentials unless others are given. */
  readonly address: (given?: Credentials) => string;
}

/** A server and a repository `state` behind it. */
export async function startForge(t: ExecutionContext): Promise<Forge> {
  const directory = await temporaryDirectory(t);
  const repositories = join(directory, 'the repositories');
  const store = await createStateStore({ directory: repositories, name: 'state' });
  const logLines: string[] = [];
  const pushes: Promise<string>[] = [];
  const server = await startGitServer({
    directory: repositories,
    host: '127.0.0.1',
    credentials,
    log: (line) => logLines.push(line),
    onPush: () => pushes.push(store.head()),
  });
  t.teardown(server.stop);
  const address = ({ username, password }: Credentials = credentials) => {
    const url = new URL(server.urlOf('state'));
    url.username = encodeURIComponent(username);
    url.password = encodeURIComponent(password);
    return url.href;
  };
  return { directory, repositories, server, store, logLines, pushes, address };
}
