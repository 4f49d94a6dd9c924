import test, { type ExecutionContext } from 'ava';
import { access, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { gunzipSync } from 'node:zlib';
import { compress, readRequests } from './read-requests.ts';
import { linesOf } from './samples-for-tests.ts';

async function fileWith(t: ExecutionContext, text: string): Promise<string> {
  const directory = await mkdtemp(path.join(tmpdir(), 'gitops-lab requests '));
  t.teardown(async () => rm(directory, { recursive: true }));
  const file = path.join(directory, '1.jsonl');
  await writeFile(file, text);
  return file;
}

const lines = linesOf({ name: '1', sentAtMs: 1000, endedAtMs: 1005 });

async function countIn(file: string): Promise<number> {
  return (await readRequests(file)).gathered((wallTimeMs) => wallTimeMs).requests.length;
}

test('a file that k6 still writes to is read up to its last whole line', async (t) => {
  t.is(await countIn(await fileWith(t, `${lines.join('\n')}\n{"metric":"ht`)), 1);
});

test('a line in the middle that is none of k6s is told by its number', async (t) => {
  const file = await fileWith(t, `${lines[0] ?? ''}\nnot JSON\n${lines.slice(1).join('\n')}\n`);
  await t.throwsAsync(readRequests(file), { message: `line 2 of "${file}" is none of k6's` });
});

test('compressing puts the same lines in the place of the file', async (t) => {
  const file = await fileWith(t, lines.join('\n'));
  await compress(file);
  t.is(gunzipSync(await readFile(`${file}.gz`)).toString(), lines.join('\n'));
  await t.throwsAsync(access(file));
});
