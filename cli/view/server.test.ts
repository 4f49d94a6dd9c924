import test, { type ExecutionContext } from 'ava';
import { once } from 'node:events';
import { request, type IncomingMessage, type RequestOptions } from 'node:http';
import { text } from 'node:stream/consumers';
import { openLiveView } from './live-view.ts';
import type { Message } from './drawing.ts';

const subject = {
  scenario: 'prune',
  lab: 'embedded',
  profile: 'matched',
  engines: ['flux'],
  disturbances: ['remove-service'],
} as const;

async function openView(t: ExecutionContext) {
  const view = await openLiveView();
  let isOpen = true;
  const close = async (): Promise<void> => {
    if (isOpen) await view.close();
    isOpen = false;
  };
  t.teardown(close);
  view.begin(subject);
  return { view, close, eventsUrl: view.url.replace('/?', '/events?') };
}

async function ask(url: string, options: RequestOptions = {}): Promise<IncomingMessage> {
  const asked = request(url, { agent: false, ...options });
  asked.end();
  const [response] = (await once(asked, 'response')) as [IncomingMessage];
  return response;
}

/** The messages of a stream, and whether it said that it is over. */
async function readStream(response: IncomingMessage) {
  const events = (await text(response)).split('\n\n').filter((event) => event !== '');
  const isOver = events.at(-1)?.startsWith('event: over') === true;
  const messages = events
    .filter((event) => event.startsWith('data: '))
    .map((event) => JSON.parse(event.slice('data: '.length)) as Message);
  return { isOver, messages };
}

test('the page is there for who has its whole address, and says what a browser may do', async (t) => {
  const { view } = await openView(t);
  t.regex(view.url, /^http:\/\/127\.0\.0\.1:\d+\/\?token=[\w-]{32}$/);
  const response = await ask(view.url);
  t.is(response.statusCode, 200);
  t.is(response.headers['cache-control'], 'no-store');
  t.is(response.headers['access-control-allow-origin'], undefined);
  const policy = response.headers['content-security-policy']?.toString() ?? '';
  t.regex(policy, /default-src 'none'; script-src 'sha256-[^']+'/);
  t.regex(policy, /frame-ancestors 'none'/);
  t.regex(await text(response), /<title>gitops-lab, live<\/title>/);
});

test('without the right token there is neither page nor stream', async (t) => {
  const { view, eventsUrl } = await openView(t);
  const wrong = [view.url, eventsUrl].flatMap((url) => [
    url.replace(/\?.*/, ''),
    `${url}x`,
    url.replace(/token=.*/, 'token='),
  ]);
  for (const url of wrong) {
    const response = await ask(url);
    t.is(response.statusCode, 403, url);
    t.regex(await text(response), /^Open this page by the whole address .*\.\n$/);
  }
});

test('a name from elsewhere that leads to this machine is refused, token or not', async (t) => {
  const { view } = await openView(t);
  const { port } = new URL(view.url);
  for (const host of [`evil.example:${port}`, `127.0.0.1.evil.example:${port}`, '127.0.0.1'])
    t.is((await ask(view.url, { headers: { host } })).statusCode, 403, host);
  t.is((await ask(view.url, { headers: { host: `localhost:${port}` } })).statusCode, 200);
});

test('it is only for reading, and has nothing besides', async (t) => {
  const { view } = await openView(t);
  t.is((await ask(view.url, { method: 'POST' })).statusCode, 405);
  t.is((await ask(view.url.replace('/?', '/package.json?'))).statusCode, 404);
  t.is((await ask(view.url, { path: '//' })).statusCode, 403, 'what is no address ends nothing');
  t.is((await ask(view.url)).statusCode, 200);
});

test('one who comes late gets the whole state, and at the end what came last', async (t) => {
  const { view, close, eventsUrl } = await openView(t);
  view.run({ type: 'activity', trial: { engine: 'flux', trial: 1 }, text: 'installing' });
  const response = await ask(eventsUrl);
  t.is(response.headers['content-type'], 'text/event-stream');
  const stream = readStream(response);
  view.end({ status: 'complete', reason: '', headline: 'Flux removed it.', report: 'report.html' });
  await close();
  const { messages, isOver } = await stream;
  const [first] = messages;
  t.deepEqual(
    [first?.drawing.scenario, first?.drawing.engines[0]?.labs[0]?.activity, first?.drawing.ending],
    ['prune', 'installing', null],
  );
  t.is(messages.at(-1)?.drawing.ending?.headline, 'Flux removed it.');
  t.true(isOver);
});

test('closing ends a connection that takes nothing any more, and the address with it', async (t) => {
  const { view, close, eventsUrl } = await openView(t);
  const stuck = await ask(eventsUrl);
  stuck.pause();
  // An event that is held open as a browser does, with nothing asked on it.
  const idle = await ask(view.url, { headers: { connection: 'keep-alive' } });
  await text(idle);
  await close();
  const refused = await t.throwsAsync(ask(view.url));
  t.is((refused as NodeJS.ErrnoException).code, 'ECONNREFUSED');
  stuck.destroy();
});

test('more pages than anybody opens are refused', async (t) => {
  const { eventsUrl } = await openView(t);
  const open = await Promise.all(Array.from({ length: 20 }, async () => ask(eventsUrl)));
  t.true(open.every(({ statusCode }) => statusCode === 200));
  t.is((await ask(eventsUrl)).statusCode, 503);
  for (const response of open) response.destroy();
});
