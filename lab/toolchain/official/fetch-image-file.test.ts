import { mkdir, readFile, readdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import test, { type ExecutionContext } from 'ava';
import { create } from 'tar';
import { ExplainedError } from '../../../common/explained-error.ts';
import { digestOf } from '../digest.ts';
import {
  startMirror,
  temporaryDirectory,
  testContext,
  type Answer,
  type Mirror,
} from '../mirror-for-tests.ts';
import type { ImageFile } from '../pin.ts';
import { fetchImageFile } from './fetch-image-file.ts';
import { parseChallenge } from './registry.ts';

const image: ImageFile = {
  kind: 'image',
  registry: 'registry.example',
  repository: 'team/controller',
  tag: 'v1',
  member: 'usr/local/bin/controller',
};
const root = '/registry.example/v2/team/controller';
const indexType = 'application/vnd.oci.image.index.v1+json';
const manifestType = 'application/vnd.oci.image.manifest.v1+json';

async function layerWith(directory: string, files: Record<string, string>): Promise<Buffer> {
  const content = path.join(directory, `layer-${(await readdir(directory)).length}`);
  for (const [name, text] of Object.entries(files)) {
    await mkdir(path.join(content, path.dirname(name)), { recursive: true });
    await writeFile(path.join(content, name), text);
  }
  await create({ gzip: true, cwd: content, file: `${content}.tar.gz` }, ['.']);
  return await readFile(`${content}.tar.gz`);
}

const describe = (mediaType: string, content: string | Uint8Array) => ({
  mediaType,
  digest: `sha256:${digestOf(content)}`,
  size: content.length,
});

/** Puts an image for linux/amd64 with these layers behind the tag. */
function publish({ answers }: Mirror, layers: readonly Buffer[]): { indexDigest: string } {
  const manifest = JSON.stringify({ layers: layers.map((layer) => describe('application/gzip', layer)) });
  const described = { ...describe(manifestType, manifest), platform: { os: 'linux', architecture: 'amd64' } };
  const index = JSON.stringify({ mediaType: indexType, manifests: [described] });
  for (const layer of layers) answers.set(`${root}/blobs/sha256:${digestOf(layer)}`, layer);
  answers.set(`${root}/manifests/${described.digest}`, manifest);
  answers.set(`${root}/manifests/v1`, index);
  return { indexDigest: `sha256:${digestOf(index)}` };
}

async function bench(t: ExecutionContext) {
  const mirror = await startMirror(t);
  const context = await testContext(t, { GITOPS_LAB_MIRROR: mirror.base });
  const scratch = await temporaryDirectory(t);
  const target = path.join(scratch, 'target');
  const base = await layerWith(scratch, {
    'etc/os-release': 'a base',
    'usr/local/bin/controller': 'an older one',
  });
  const top = await layerWith(scratch, { 'usr/local/bin/controller': 'the controller' });
  const fetchIt = async (): Promise<string> =>
    await fetchImageFile(image, target, scratch, context, () => undefined);
  return { mirror, context, target, base, top, fetchIt };
}

/** Lets only those through that show the token. */
function behindToken(answer: string | Uint8Array, realm: string): Answer {
  return (request, response) => {
    if (request.headers.authorization === 'Bearer for-reading') {
      response.end(answer);
      return;
    }
    const challenge = `Bearer realm="${realm}",service="registry.example",scope="repository:team/controller:pull"`;
    response.writeHead(401, { 'www-authenticate': challenge }).end();
  };
}

test('the file comes from the topmost layer that has it, without fetching those below', async (t) => {
  const { mirror, target, base, top, fetchIt } = await bench(t);
  const { indexDigest } = publish(mirror, [base, top]);
  t.is(await fetchIt(), `registry.example/team/controller:v1@${indexDigest}`);
  t.is(await readFile(target, 'utf8'), 'the controller');
  t.false(mirror.asked.includes(`${root}/blobs/sha256:${digestOf(base)}`));
});

test('a registry that wants a token is shown one that it gave', async (t) => {
  const { mirror, target, top, fetchIt } = await bench(t);
  publish(mirror, [top]);
  for (const [name, answer] of mirror.answers) {
    if (typeof answer !== 'function') mirror.answers.set(name, behindToken(answer, `${mirror.base}/token`));
  }
  const query = 'service=registry.example&scope=repository%3Ateam%2Fcontroller%3Apull';
  mirror.answers.set(`/token?${query}`, JSON.stringify({ token: 'for-reading' }));
  await fetchIt();
  t.is(await readFile(target, 'utf8'), 'the controller');
});

test('a layer that is not the one the manifest names is refused', async (t) => {
  const { mirror, base, top, fetchIt } = await bench(t);
  publish(mirror, [top]);
  mirror.answers.set(`${root}/blobs/sha256:${digestOf(top)}`, base);
  await t.throwsAsync(fetchIt(), { instanceOf: ExplainedError, message: /wrong digest/ });
});

test('a manifest that is not the one the index names is refused', async (t) => {
  const { mirror, top, fetchIt } = await bench(t);
  publish(mirror, [top]);
  const name = [...mirror.answers.keys()].find((key) => key.includes('/manifests/sha256:')) ?? '';
  mirror.answers.set(name, JSON.stringify({ layers: [] }));
  await t.throwsAsync(fetchIt(), { instanceOf: ExplainedError, message: /wrong digest/ });
});

test('a tag that names another image than the one accepted before is refused', async (t) => {
  const { mirror, base, top, fetchIt } = await bench(t);
  publish(mirror, [base, top]);
  await fetchIt();
  publish(mirror, [base]);
  await t.throwsAsync(fetchIt(), { instanceOf: ExplainedError, message: /is not what it was/ });
});

test('an image without the file is refused', async (t) => {
  const { mirror, context, fetchIt } = await bench(t);
  publish(mirror, [await layerWith(await temporaryDirectory(t), { 'etc/os-release': 'a base' })]);
  await t.throwsAsync(fetchIt(), { message: /has no usr\/local\/bin\/controller/ });
  await t.throwsAsync(readFile(context.cache.acceptedFile), { code: 'ENOENT' });
});

test('a sign-in page in place of a manifest is refused', async (t) => {
  const { mirror, fetchIt } = await bench(t);
  mirror.answers.set(`${root}/manifests/v1`, '<html>Please sign in</html>');
  await t.throwsAsync(fetchIt(), {
    instanceOf: ExplainedError,
    message: /does not answer as a registry does/,
  });
});

test('an image that is not published for the platform is refused', async (t) => {
  const { mirror, fetchIt } = await bench(t);
  const manifest = { ...describe(manifestType, ''), platform: { os: 'windows', architecture: 'amd64' } };
  mirror.answers.set(`${root}/manifests/v1`, JSON.stringify({ manifests: [manifest] }));
  await t.throwsAsync(fetchIt(), { instanceOf: ExplainedError, message: /no image for linux\/amd64/ });
});

test('an image of one manifest, without an index, will do', async (t) => {
  const { mirror, target, top, fetchIt } = await bench(t);
  publish(mirror, [top]);
  const manifest = JSON.stringify({ layers: [describe('application/gzip', top)] });
  mirror.answers.set(`${root}/manifests/v1`, manifest);
  await fetchIt();
  t.is(await readFile(target, 'utf8'), 'the controller');
});

test('only challenges of the Bearer scheme are answered', (t) => {
  t.is(parseChallenge('Basic realm="x"'), undefined);
  t.is(parseChallenge('Bearer realm="https://x/token",service="y"')?.query.toString(), 'service=y');
});
