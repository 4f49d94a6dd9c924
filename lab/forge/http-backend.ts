import type { IncomingMessage, ServerResponse } from 'node:http';
import { createInterface } from 'node:readline';
import { pipeline } from 'node:stream/promises';
import { messageOf } from '../../common/explained-error.ts';
import { readCgiResponse } from './cgi.ts';
import { startGit, type StartedGit } from './git.ts';

/** One of the three addresses of Git's smart HTTP protocol, in one repository. */
export interface GitTarget {
  /** Absolute: the directory that holds the repositories. */
  readonly directory: string;
  /** The part of the address behind the host, without the query: `/NAME.git/info/refs`. */
  readonly path: string;
  readonly query: string;
  readonly username: string;
}

/** The variables that git-http-backend(1) and RFC 3875 name. Git lets a REMOTE_USER push without further settings. */
function cgiEnvironment(
  { method, headers, socket }: IncomingMessage,
  { directory, path, query, username }: GitTarget,
): Record<string, string | undefined> {
  return {
    GIT_PROJECT_ROOT: directory,
    GIT_HTTP_EXPORT_ALL: '1',
    GIT_PROTOCOL: headers['git-protocol']?.toString(),
    PATH_INFO: path,
    QUERY_STRING: query,
    REQUEST_METHOD: method,
    CONTENT_TYPE: headers['content-type'],
    CONTENT_LENGTH: headers['content-length'],
    HTTP_CONTENT_ENCODING: headers['content-encoding'],
    REMOTE_USER: username,
    REMOTE_ADDR: socket.remoteAddress,
    SERVER_PROTOCOL: 'HTTP/1.1',
    GATEWAY_INTERFACE: 'CGI/1.1',
  };
}

function feed(request: IncomingMessage, backend: StartedGit): void {
  // The backend may refuse a request before it has read all of it; its answer says why.
  backend.stdin.on('error', () => undefined);
  request.pipe(backend.stdin);
}

async function relayAnswer(backend: StartedGit, response: ServerResponse): Promise<void> {
  const answer = await readCgiResponse(backend.stdout);
  response.writeHead(answer.status, [...answer.headers]);
  await pipeline(answer.body, response);
}

function answerFailure(response: ServerResponse): void {
  if (response.headersSent) response.destroy();
  else response.writeHead(500, { 'Content-Type': 'text/plain' }).end('the Git backend failed\n');
}

/**
 * Lets `git http-backend` answer one request, and returns when its process has ended.
 * A failure of the backend is answered with 500 and a log line; a client that goes away ends the backend.
 */
export async function answerByBackend(
  request: IncomingMessage,
  response: ServerResponse,
  target: GitTarget,
  log: (line: string) => void,
): Promise<void> {
  const isClientGone = () => response.destroyed;
  if (isClientGone()) return;
  const backend = startGit(['http-backend'], cgiEnvironment(request, target));
  const logFailure = (error: unknown) => {
    log(`git http-backend failed on ${target.path}: ${messageOf(error)}`);
  };
  response.once('close', () => {
    // Nobody waits for the rest of the answer.
    if (!response.writableFinished) backend.end().catch(logFailure);
  });
  createInterface({ input: backend.stderr }).on('line', (line) => {
    log(`git http-backend: ${line}`);
  });
  feed(request, backend);
  try {
    await relayAnswer(backend, response);
  } catch (error) {
    if (!isClientGone()) logFailure(error);
    answerFailure(response);
    await backend.end();
  }
  // What the backend left unread would block the connection's next request.
  request.unpipe(backend.stdin).resume();
  await backend.ended;
}
