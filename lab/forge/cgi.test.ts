import { Readable } from 'node:stream';
import test from 'ava';
import { readCgiResponse } from './cgi.ts';

async function answerOf(...chunks: readonly string[]) {
  const { status, headers, body } = await readCgiResponse(
    Readable.from(chunks.map((text) => Buffer.from(text))),
  );
  const parts: Uint8Array[] = [];
  for await (const part of body) parts.push(part);
  return { status, headers, body: Buffer.concat(parts).toString() };
}

test('the status is 200 where none is given', async (t) => {
  t.deepEqual(await answerOf('Content-Type: text/plain\r\nExpires: a: b\r\n\r\nhello'), {
    status: 200,
    headers: ['Content-Type', 'text/plain', 'Expires', 'a: b'],
    body: 'hello',
  });
});

test('a status is no header', async (t) => {
  t.deepEqual(await answerOf('Status: 404 Not Found\nX: y\n\n'), {
    status: 404,
    headers: ['X', 'y'],
    body: '',
  });
});

test('a head may come in any pieces, and a body may look like a head', async (t) => {
  const text = 'Status: 201 Created\r\nX: y\r\n\r\none\r\n\r\ntwo';
  t.deepEqual(await answerOf(...text.split(/(?=[^])/)), {
    status: 201,
    headers: ['X', 'y'],
    body: 'one\r\n\r\ntwo',
  });
});

test('an output that is no answer is an error', async (t) => {
  await t.throwsAsync(answerOf(''), { message: /ended before it had answered/ });
  await t.throwsAsync(answerOf('X: y\r\n'), { message: /ended before it had answered/ });
  await t.throwsAsync(answerOf('nonsense\r\n\r\n'), { message: /headers are malformed/ });
  await t.throwsAsync(answerOf('Status: fine\r\n\r\n'), { message: /status is malformed/ });
  await t.throwsAsync(answerOf(...Array<string>(70).fill('x'.repeat(1024))), { message: /longer than/ });
});
