import { mkdir, readFile, readdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import test, { type ExecutionContext } from 'ava';
import { strToU8, zipSync } from 'fflate';
import { create } from 'tar';
import { ExplainedError } from '../../../common/explained-error.ts';
import { digestOf } from '../digest.ts';
import { startMirror, temporaryDirectory, testContext, type Mirror } from '../mirror-for-tests.ts';
import type { Download } from '../pin.ts';
import { fetchDownload } from './fetch-download.ts';
import { OfficialUnavailable } from './unavailable.ts';

const program = 'the program of a publisher';
const url = 'https://releases.example/v1/program';
const served = '/releases.example/v1/program';
const plain: Download = { kind: 'download', url, checksum: { format: 'bare', url: `${url}.sha256` } };
const unvouched: Download = { kind: 'download', url, checksum: { format: 'none' } };

async function bench(t: ExecutionContext) {
  const mirror = await startMirror(t);
  const context = await testContext(t, { GITOPS_LAB_MIRROR: mirror.base });
  const scratch = await temporaryDirectory(t);
  const target = path.join(scratch, 'target');
  const fetchIt = async (from: Download): Promise<string> =>
    await fetchDownload(from, target, scratch, context, () => undefined);
  const isThere = async (): Promise<boolean> => (await readdir(scratch)).includes('target');
  return { mirror, context, scratch, target, fetchIt, isThere };
}

function serve({ answers }: Mirror, content: string | Uint8Array): void {
  answers.set(served, content);
  answers.set(`${served}.sha256`, digestOf(content));
}

test('a file is fetched from the mirror under host and path, and what was accepted is recorded', async (t) => {
  const { mirror, context, target, fetchIt } = await bench(t);
  serve(mirror, program);
  t.is(await fetchIt(plain), url);
  t.is(await readFile(target, 'utf8'), program);
  const accepted = JSON.parse(await readFile(context.cache.acceptedFile, 'utf8')) as Record<string, unknown>;
  t.like(accepted[url], { sha256: digestOf(program), because: 'checksum of the publisher' });
});

test('one member is taken out of a tar archive that a checksum listing names', async (t) => {
  const { mirror, scratch, target, fetchIt } = await bench(t);
  await mkdir(path.join(scratch, 'tool-v1'));
  await writeFile(path.join(scratch, 'tool-v1', 'tool'), program);
  await writeFile(path.join(scratch, 'tool-v1', 'README'), 'not wanted');
  await create({ gzip: true, cwd: scratch, file: path.join(scratch, 'made.tar.gz') }, ['tool-v1']);
  const archive = await readFile(path.join(scratch, 'made.tar.gz'));
  mirror.answers.set('/releases.example/v1/tool.tar.gz', archive);
  mirror.answers.set(
    '/releases.example/v1/SUMS',
    `${'0'.repeat(64)}  other\n${digestOf(archive)} *./tool.tar.gz\n`,
  );
  await fetchIt({
    kind: 'download',
    url: 'https://releases.example/v1/tool.tar.gz',
    checksum: { format: 'listing', url: 'https://releases.example/v1/SUMS' },
    archive: { format: 'tar.gz', member: 'tool-v1/tool' },
  });
  t.is(await readFile(target, 'utf8'), program);
});

test('one member is taken out of a zip archive', async (t) => {
  const { mirror, target, fetchIt } = await bench(t);
  serve(mirror, zipSync({ 'tool-v1': { tool: strToU8(program), README: strToU8('not wanted') } }));
  await fetchIt({ ...plain, archive: { format: 'zip', member: 'tool-v1/tool' } });
  t.is(await readFile(target, 'utf8'), program);
});

test('an archive without the member is refused', async (t) => {
  const { mirror, fetchIt } = await bench(t);
  serve(mirror, zipSync({ README: strToU8('nothing else') }));
  const from: Download = { ...plain, archive: { format: 'zip', member: 'tool' } };
  await t.throwsAsync(fetchIt(from), { instanceOf: ExplainedError, message: /has no tool in it/ });
});

test('a file that is not what the publisher states is refused, and nothing is recorded', async (t) => {
  const { mirror, context, fetchIt, isThere } = await bench(t);
  serve(mirror, program);
  mirror.answers.set(served, 'something else');
  await t.throwsAsync(fetchIt(plain), { instanceOf: ExplainedError, message: /wrong checksum/ });
  t.false(await isThere());
  await t.throwsAsync(readFile(context.cache.acceptedFile), { code: 'ENOENT' });
});

test('a file that never arrives whole is tried three times, and refused', async (t) => {
  const { mirror, fetchIt, isThere } = await bench(t);
  serve(mirror, program);
  mirror.answers.set(served, (_request, response) => {
    response.writeHead(200, { 'content-length': program.length });
    response.write(program.slice(0, 5), () => response.destroy());
  });
  await t.throwsAsync(fetchIt(plain), { instanceOf: ExplainedError, message: /truncated, 3 times/ });
  t.is(mirror.asked.filter((name) => name === served).length, 3);
  t.false(await isThere());
});

test('a transfer that breaks once is repeated', async (t) => {
  const { mirror, target, fetchIt } = await bench(t);
  serve(mirror, program);
  mirror.answers.set(served, (_request, response) => {
    mirror.answers.set(served, program);
    response.writeHead(200, { 'content-length': program.length });
    response.write('the', () => response.destroy());
  });
  await fetchIt(plain);
  t.is(await readFile(target, 'utf8'), program);
});

test('a file that is not served makes the source unavailable, and is asked for once', async (t) => {
  const { mirror, fetchIt } = await bench(t);
  mirror.answers.set(`${served}.sha256`, digestOf(program));
  await t.throwsAsync(fetchIt(plain), {
    instanceOf: OfficialUnavailable,
    message: /answers with status 404/,
  });
  t.is(mirror.asked.filter((name) => name === served).length, 1);
});

test('a server that fails for a moment is asked again', async (t) => {
  const { mirror, target, fetchIt } = await bench(t);
  serve(mirror, program);
  mirror.answers.set(served, (_request, response) => {
    mirror.answers.set(served, program);
    response.writeHead(503).end();
  });
  await fetchIt(plain);
  t.is(await readFile(target, 'utf8'), program);
});

test('redirections are followed', async (t) => {
  const { mirror, target, fetchIt } = await bench(t);
  serve(mirror, program);
  mirror.answers.set('/elsewhere', program);
  mirror.answers.set(served, (_request, response) => {
    response.writeHead(302, { location: '/elsewhere' }).end();
  });
  await fetchIt(plain);
  t.is(await readFile(target, 'utf8'), program);
});

test('a checksum that changed after it was accepted is refused before anything is downloaded', async (t) => {
  const { mirror, fetchIt } = await bench(t);
  serve(mirror, program);
  await fetchIt(plain);
  serve(mirror, 'released anew under the same name');
  mirror.asked.length = 0;
  await t.throwsAsync(fetchIt(plain), { instanceOf: ExplainedError, message: /is not what it was/ });
  t.deepEqual(mirror.asked, [`${served}.sha256`]);
});

test('a file without a published checksum is accepted on first use, and refused once it changes', async (t) => {
  const { mirror, context, fetchIt } = await bench(t);
  serve(mirror, program);
  await fetchIt(unvouched);
  t.regex(context.said.join('\n'), /has no published checksum.*first use/);
  serve(mirror, 'changed');
  await t.throwsAsync(fetchIt(unvouched), { instanceOf: ExplainedError, message: /is not what it was/ });
});

test('a sign-in page in place of a checksum is refused', async (t) => {
  const { mirror, fetchIt } = await bench(t);
  serve(mirror, program);
  mirror.answers.set(`${served}.sha256`, '<html>Please sign in</html>');
  await t.throwsAsync(fetchIt(plain), { instanceOf: ExplainedError, message: /does not state a SHA-256/ });
});

test('a mirror that is no address is refused as wrong usage', async (t) => {
  const context = await testContext(t, { GITOPS_LAB_MIRROR: 'the shelf in room 3' });
  const error = await t.throwsAsync(fetchDownload(plain, '', '', context, () => undefined));
  t.like(error, { name: 'ExplainedError', exitCode: 2 });
});
