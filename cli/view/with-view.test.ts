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
