import test from 'ava';
import { PassThrough } from 'node:stream';
import { ExplainedError } from '../../common/explained-error.ts';
import { withView } from './with-view.ts';

/** A stream that keeps what is written to it. */
function sink() {
  const stream = new PassThrough();
  const written: string[] = [];
  stream.on('data', (chunk: Buffer) => written.push(chunk.toString()));
  return { stream, said: () => written.join('') };
}

/** The stream that the page of a printed address follows. */
async function streamOf(said: string): Promise<Response> {
  const url = /^http:\S+$/m.exec(said)?.[0] ?? '';
  return fetch(url.replace('/?', '/events?'));
}

test('where no view is wanted, nothing is said and nothing is there', async (t) => {
  const { stream, said } = sink();
  t.is(await withView(false, { stream, environment: {} }, async (view) => Promise.resolve(view)), undefined);
  t.is(said(), '');
});

test('the address stands on a line of its own, and works until the work is done', async (t) => {
  const { stream, said } = sink();
  const told = await withView(true, { stream, environment: {} }, async (view) => {
    view?.begin({ scenario: 'prune', lab: 'kind', profile: 'matched', engines: [], disturbances: [] });
    return { stream: await streamOf(said()) };
  });
  t.regex(await told.stream.text(), /"scenario":"prune".*event: over/s);
});

/** What is said at a terminal, and which addresses were opened. */
async function saidAtTerminal(environment: NodeJS.ProcessEnv, isOpened = true) {
  const { stream, said } = sink();
  const opened: string[] = [];
  const open = async (url: string) => {
    opened.push(url);
    return Promise.resolve(isOpened);
  };
  const place = { stream: Object.assign(stream, { isTTY: true as const }), environment, open };
  await withView(true, place, async () => Promise.resolve());
  return { said: said(), url: /^http:\S+$/m.exec(said())?.[0] ?? '', opened };
}

test('on a desktop the address opens by itself, and nothing more is said', async (t) => {
  const { said, url, opened } = await saidAtTerminal({ DISPLAY: ':0' });
  t.deepEqual(opened, [url]);
  t.true(said.endsWith(`${url}\n`));
});

test('where no browser opens, it is said what to do, by what is in the way', async (t) => {
  const failed = await saidAtTerminal({ DISPLAY: ':0' }, false);
  t.regex(failed.said, /no browser could be opened by itself: open the address in one\n$/);
  const { said, url, opened } = await saidAtTerminal({ SSH_CONNECTION: '10.0.0.1 1 10.0.0.2 22' });
  const { port } = new URL(url);
  t.true(said.includes(`ssh -L ${port}:127.0.0.1:${port} HOST`), said);
  t.deepEqual(opened, []);
  if (process.platform === 'linux') t.regex((await saidAtTerminal({})).said, /there is no display here/);
});

test('what goes wrong is told to the page, ends the server, and is thrown all the same', async (t) => {
  const { stream, said } = sink();
  let told: Promise<string> | undefined;
  const error = await t.throwsAsync(
    withView(true, { stream, environment: {} }, async () => {
      told = (await streamOf(said())).text();
      throw new ExplainedError({ what: 'the disk is full' });
    }),
  );
  t.is(error.message, 'the disk is full');
  t.regex((await told) ?? '', /"status":"failed","reason":"error: the disk is full"/);
});
