import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { ExplainedError, messageOf } from '../../common/explained-error.ts';
import type { Feed, Viewer } from './feed.ts';

const host = '127.0.0.1';
/** More pages than anybody opens of one run. */
const maxViewers = 20;
/** A page that does not take the end of its stream is cut off after this. */
const goodbyeMs = 500;

/** A page, and what a browser may do for it. */
export interface ServedPage {
  readonly html: string;
  /** The Content-Security-Policy. */
  readonly policy: string;
}

/** A web server of this machine alone. */
export interface ViewServer {
  /** Where a browser finds the page; nobody can guess it. */
  readonly url: string;
  /** Tells every page that the stream is over, and ends all connections. */
  readonly stop: () => Promise<void>;
}

interface Refusal {
  readonly status: number;
  readonly sentence: string;
}

const digest = (text: string): Buffer => createHash('sha256').update(text).digest();

/** Why a request is not answered; undefined where it is. */
function refusalOf(request: IncomingMessage, typed: string, token: string): Refusal | undefined {
  const port = request.socket.localPort ?? 0;
  const own = [`${host}:${port}`, `localhost:${port}`];
  // A name that leads here from elsewhere would let a stranger's page read this one.
  if (!own.includes(request.headers.host ?? ''))
    return { status: 403, sentence: 'This page is only there under the address of this machine itself.' };
  // Digests are of one length, and the comparison takes the same time wherever they differ.
  if (!timingSafeEqual(digest(typed), digest(token)))
    return {
      status: 403,
      sentence: 'Open this page by the whole address that the run has printed, token included.',
    };
  if (request.method !== 'GET') return { status: 405, sentence: 'This page can only be read.' };
  return undefined;
}

function refuse(response: ServerResponse, { status, sentence }: Refusal): void {
  response.writeHead(status, { 'content-type': 'text/plain; charset=utf-8' }).end(`${sentence}\n`);
}

/** Server-sent events (https://html.spec.whatwg.org/multipage/server-sent-events.html). */
function follow(response: ServerResponse, feed: Feed): void {
  if (feed.viewerCount >= maxViewers) {
    refuse(response, { status: 503, sentence: `${maxViewers} pages of this run are open already.` });
    return;
  }
  response.writeHead(200, { 'content-type': 'text/event-stream' });
  const viewer: Viewer = {
    isBehind: () => response.writableLength > 0,
    send: (message) => response.write(`data: ${message}\n\n`),
  };
  response.on('drain', () => {
    feed.touch();
  });
  response.on('close', () => {
    feed.leave(viewer);
  });
  feed.join(viewer);
}

/** Serves a page and what it follows at a free port, until it is stopped. Throws an explained error where it can't listen. */
export async function startViewServer(page: ServedPage, feed: Feed): Promise<ViewServer> {
  const token = randomBytes(24).toString('base64url');
  const streams = new Set<ServerResponse>();
  const server = createServer((request, response) => {
    // Not by URL, which throws at what is none.
    const [path, query] = (request.url ?? '/').split('?', 2);
    const typed = new URLSearchParams(query).get('token') ?? '';
    response.setHeader('cache-control', 'no-store');
    response.setHeader('x-content-type-options', 'nosniff');
    response.setHeader('referrer-policy', 'no-referrer');
    response.setHeader('content-security-policy', page.policy);
    const refusal = refusalOf(request, typed, token);
    if (refusal !== undefined) refuse(response, refusal);
    else if (path === '/') {
      response.writeHead(200, { 'content-type': 'text/html; charset=utf-8' }).end(page.html);
    } else if (path === '/events') {
      streams.add(response.once('close', () => streams.delete(response)));
      follow(response, feed);
    } else refuse(response, { status: 404, sentence: 'There is nothing at this address.' });
  });
  server.listen(0, host);
  await once(server, 'listening').catch((error: unknown) => {
    throw new ExplainedError({
      what: `the live view can't listen on ${host}`,
      why: messageOf(error),
      next: 'run it without --view',
      cause: error,
    });
  });
  const address = server.address();
  const port = typeof address === 'object' ? (address?.port ?? 0) : 0;
  return {
    url: `http://${host}:${port}/?token=${token}`,
    stop: async () => {
      const closed = once(server, 'close');
      server.close();
      feed.flush();
      for (const stream of streams) stream.end('event: over\ndata: \n\n');
      server.closeIdleConnections();
      const patience = setTimeout(() => {
        server.closeAllConnections();
      }, goodbyeMs);
      await closed.finally(() => {
        clearTimeout(patience);
      });
    },
  };
}
