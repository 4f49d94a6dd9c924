import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import getPort from 'get-port';
import { ExplainedError, messageOf } from '../../common/explained-error.ts';

/** What engines send is a few kilobytes; more is no notification. */
const maxBodyBytes = 1_000_000;

/** Told of each notification when it has arrived whole: its body as JSON. */
export type NoticeListener = (body: unknown) => void;

/** A web server of the lab's own to which an engine sends its notifications. */
export interface NoticeReceiver {
  /** Where an engine is to send; nobody can guess its path. */
  readonly url: string;
  /** Has `listener` told from now on; what came before is told to nobody. */
  readonly listen: (listener: NoticeListener) => void;
  /** Has it refuse connections, until it is given back at the same address. */
  readonly takeAway: () => Promise<void>;
  readonly giveBack: () => Promise<void>;
  readonly stop: () => Promise<void>;
}

async function readBody(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    bytes += chunk.length;
    if (bytes > maxBodyBytes) throw new Error(`the body is longer than ${maxBodyBytes} bytes`);
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
}

async function answer(
  request: IncomingMessage,
  response: ServerResponse,
  path: string,
  tell: NoticeListener,
): Promise<void> {
  if (request.url !== path || request.method !== 'POST') {
    response.writeHead(404).end();
    return;
  }
  let body: unknown;
  try {
    body = JSON.parse(await readBody(request));
  } catch (error) {
    response.writeHead(400, { 'content-type': 'text/plain' }).end(`${messageOf(error)}\n`);
    return;
  }
  tell(body);
  response.writeHead(202).end();
}

async function open(server: Server, host: string, port: number): Promise<void> {
  try {
    server.listen(port, host);
    await once(server, 'listening');
  } catch (error) {
    throw new ExplainedError({
      what: `the receiver of notifications can't listen on ${host}:${port}`,
      why: messageOf(error),
      next: 'run it again: another port is chosen',
      cause: error,
    });
  }
}

async function close(server: Server): Promise<void> {
  if (!server.listening) return;
  const closed = once(server, 'close');
  server.close();
  server.closeAllConnections();
  await closed;
}

/** Starts a receiver at a free port of an address of this machine. Throws an explained error where it can't listen. */
export async function startNoticeReceiver(host: string): Promise<NoticeReceiver> {
  const port = await getPort({ host });
  const path = `/notices/${randomBytes(16).toString('base64url')}`;
  let tell: NoticeListener = () => undefined;
  const server = createServer((request, response) => {
    void answer(request, response, path, (body) => {
      tell(body);
    });
  });
  await open(server, host, port);
  return {
    url: `http://${host}:${port}${path}`,
    listen: (listener) => {
      tell = listener;
    },
    takeAway: async () => close(server),
    giveBack: async () => open(server, host, port),
    stop: async () => close(server),
  };
}
