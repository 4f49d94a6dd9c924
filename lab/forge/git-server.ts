import { stat } from 'node:fs/promises';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join, resolve } from 'node:path';
import { once } from 'node:events';
import { ExplainedError, messageOf } from '../../common/explained-error.ts';
import { basicAuthentication, type Credentials } from './basic-authentication.ts';
import { requireGit } from './git.ts';
import { answerByBackend } from './http-backend.ts';

const smartPath = /^\/([A-Za-z0-9][\w.-]*\.git)\/(?:info\/refs|git-upload-pack|git-receive-pack)$/;

interface GitServerOptions {
  /** Holds the bare repositories, each as `NAME.git`. */
  readonly directory: string;
  /** The address of this machine that it listens at. */
  readonly host: string;
  /** A free port where none is given. */
  readonly port?: number;
  readonly credentials: Credentials;
  /** Takes one line for each request and each failure; never a password. */
  readonly log: (line: string) => void;
  /** Called when a push was answered, whatever became of it. */
  readonly onPush?: () => void;
}

/** A Git server that listens. */
export interface StartedGitServer extends AsyncDisposable {
  /** For example `http://127.0.0.1:40123`. */
  readonly url: string;
  readonly port: number;
  /** The address of the repository `NAME`, without credentials. */
  readonly urlOf: (repository: string) => string;
  /** Ends open connections and running backends, and waits for their end; a second call does no harm. */
  readonly stop: () => Promise<void>;
}

function refuse(response: ServerResponse, status: 401 | 404, text: string): void {
  const challenge = status === 401 ? { 'WWW-Authenticate': 'Basic realm="gitops-lab", charset="UTF-8"' } : {};
  response.writeHead(status, { ...challenge, 'Content-Type': 'text/plain' }).end(`${text}\n`);
}

async function isDirectory(path: string): Promise<boolean> {
  const found = await stat(path).catch(() => undefined);
  return found?.isDirectory() === true;
}

type RequestHandler = (request: IncomingMessage, response: ServerResponse) => Promise<void>;

function gitHandler({ directory, credentials, log, onPush }: GitServerOptions): RequestHandler {
  const mayEnter = basicAuthentication(credentials);
  const root = resolve(directory);
  return async (request, response) => {
    const [path = '', query = ''] = (request.url ?? '').split('?', 2);
    response.once('close', () => {
      log(`${request.method ?? ''} ${path} ${response.headersSent ? response.statusCode : 'unanswered'}`);
    });
    if (!mayEnter(request.headers.authorization)) {
      refuse(response, 401, 'credentials needed');
      return;
    }
    const repository = smartPath.exec(path)?.[1];
    if (repository === undefined || !(await isDirectory(join(root, repository)))) {
      refuse(response, 404, 'no such repository');
      return;
    }
    const target = { directory: root, path, query, username: credentials.username };
    await answerByBackend(request, response, target, log);
    if (path.endsWith('/git-receive-pack')) onPush?.();
  };
}

async function listen(server: Server, host: string, port: number): Promise<number> {
  try {
    server.listen(port, host);
    await once(server, 'listening');
  } catch (error) {
    const isInUse = (error as NodeJS.ErrnoException).code === 'EADDRINUSE';
    throw new ExplainedError({
      what: `the Git server can't listen on ${host}:${port}`,
      why: isInUse ? 'another program uses that port' : messageOf(error),
      next: 'choose another port, or none, so that a free one is taken',
      cause: error,
    });
  }
  return (server.address() as AddressInfo).port;
}

function stopper(server: Server, answers: ReadonlySet<Promise<void>>): () => Promise<void> {
  let stopped: Promise<void> | undefined;
  const stop = async () => {
    const closed = once(server, 'close');
    server.close();
    server.closeAllConnections();
    await Promise.all([closed, ...answers]);
  };
  return async () => (stopped ??= stop());
}

/**
 * Serves the bare repositories of a directory over HTTP at one address of this machine: basic authentication, Git's protocol up to version 2, pushes allowed.
 * Throws an explained error where git is unfit or the port can't be had.
 */
export async function startGitServer(options: GitServerOptions): Promise<StartedGitServer> {
  await requireGit();
  const handle = gitHandler(options);
  const answers = new Set<Promise<void>>();
  const server = createServer((request, response) => {
    const answer = handle(request, response)
      .catch((error: unknown) => {
        options.log(`the Git server failed: ${messageOf(error)}`);
        response.destroy();
      })
      .finally(() => answers.delete(answer));
    answers.add(answer);
  });
  // An engine that polls must not find its idle connection closed at the moment of its next request.
  server.keepAliveTimeout = 0;
  const port = await listen(server, options.host, options.port ?? 0);
  const url = `http://${options.host}:${port}`;
  const stop = stopper(server, answers);
  return { url, port, urlOf: (repository) => `${url}/${repository}.git`, stop, [Symbol.asyncDispose]: stop };
}
