import test from 'ava';
import { createHash } from 'node:crypto';
import { mkdir, mkdtemp, readFile, readdir, readlink, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { extract } from 'tar';
import { writeImageArchive } from './image-archive.ts';

async function temporary(t: { teardown: (end: () => Promise<void>) => void }): Promise<string> {
  const directory = await mkdtemp(path.join(tmpdir(), 'image archive '));
  t.teardown(async () => rm(directory, { recursive: true }));
  return directory;
}

async function unpack(file: string, to: string): Promise<void> {
  await mkdir(to);
  await extract({ file, cwd: to, preservePaths: true });
}

const sha256 = (content: Buffer | string): string => createHash('sha256').update(content).digest('hex');

interface Manifest {
  readonly Config: string;
  readonly RepoTags: string[];
  readonly Layers: [string, ...string[]];
}

test('an image holds its files, links and names, and tells what it runs', async (t) => {
  const directory = await temporary(t);
  const program = path.join(directory, 'web');
  await writeFile(program, 'a program', { mode: 0o600 });
  const file = path.join(directory, 'image.tar');
  await writeImageArchive({
    recipe: {
      files: { '/usr/local/bin/web': program },
      links: { '/usr/bin/server': '/usr/local/bin/web' },
      entrypoint: ['/usr/local/bin/web'],
      user: '65534:65534',
      environment: { GREETING: 'welcome' },
    },
    references: ['registry.example/web:1', 'registry.example/web:2'],
    architecture: 'amd64',
    base: undefined,
    file,
  });
  const image = path.join(directory, 'image');
  await unpack(file, image);
  const [manifest] = JSON.parse(await readFile(path.join(image, 'manifest.json'), 'utf8')) as [Manifest];
  t.deepEqual(manifest.RepoTags, ['registry.example/web:1', 'registry.example/web:2']);
  const config = await readFile(path.join(image, manifest.Config), 'utf8');
  t.is(manifest.Config, `${sha256(config)}.json`);
  const layer = await readFile(path.join(image, manifest.Layers[0]));
  t.like(JSON.parse(config), {
    architecture: 'amd64',
    os: 'linux',
    config: { Entrypoint: ['/usr/local/bin/web'], User: '65534:65534' },
    rootfs: { type: 'layers', diff_ids: [`sha256:${sha256(layer)}`] },
  });
  const root = path.join(directory, 'root');
  await unpack(path.join(image, manifest.Layers[0]), root);
  t.is(await readFile(path.join(root, 'usr/local/bin/web'), 'utf8'), 'a program');
  t.is((await stat(path.join(root, 'usr/local/bin/web'))).mode & 0o777, 0o755);
  t.is(await readlink(path.join(root, 'usr/bin/server')), '/usr/local/bin/web');
});

test('a base is a layer below, as it is, and the same image has the same bytes', async (t) => {
  const directory = await temporary(t);
  const base = path.join(directory, 'base.tar');
  await writeFile(base, 'a file system');
  const program = path.join(directory, 'redis');
  await writeFile(program, 'a program');
  const write = async (name: string): Promise<Buffer> => {
    const file = path.join(directory, name, 'image.tar');
    const recipe = { base: 'debian', files: { '/bin/redis': program }, entrypoint: ['redis'] } as const;
    await writeImageArchive({ recipe, references: ['redis:8'], architecture: 'amd64', base, file });
    t.deepEqual(await readdir(path.dirname(file)), ['image.tar']);
    return readFile(file);
  };
  const first = await write('first');
  t.true(first.equals(await write('second')));
  t.true(first.includes(`${sha256('a file system')}.tar`));
  t.is(await readFile(base, 'utf8'), 'a file system');
});
