import test from 'ava';
import { chmod, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { examineContainers, judgeRoom, registryOf } from './examine.ts';

const { signal } = new AbortController();

/** An environment in which docker is this script. */
async function environmentWith(
  t: { teardown: (end: () => Promise<void>) => void },
  script: string,
): Promise<NodeJS.ProcessEnv> {
  const directory = await mkdtemp(path.join(tmpdir(), 'examine '));
  t.teardown(async () => rm(directory, { recursive: true }));
  const file = path.join(directory, 'docker');
  await writeFile(file, `#!/bin/sh\n${script}\n`);
  await chmod(file, 0o755);
  return { PATH: directory };
}

/** A docker that has the image `here:1` alone. */
const docker = `
case "$*" in
  "info --format {{.ServerVersion}}"*) echo "28.2.2 2" ;;
  "info "*) echo "8000000000 /nowhere" ;;
  *here:1) echo sha256:1 ;;
  *) echo "no such image" >&2; exit 1 ;;
esac`;

test('an engine with an image is all that is needed', async (t) => {
  const environment = await environmentWith(t, docker);
  const needs = { images: ['away:1', 'here:1'], withoutImage: 'load it' } as const;
  t.deepEqual(await examineContainers(needs, { environment, signal }), {
    found: ['docker 28.2.2', 'image here:1'],
    obstacles: [],
  });
});

test('without an image, and without a way to its registry, both are said with what helps', async (t) => {
  const environment = await environmentWith(t, docker);
  const needs = { images: ['registry.invalid/away:1'], withoutImage: 'load it' } as const;
  const { found, obstacles } = await examineContainers(needs, { environment, signal });
  t.deepEqual(found, ['docker 28.2.2']);
  t.like(obstacles[0], { remedy: 'load it', isFatal: true });
  t.regex(
    obstacles[0]?.what ?? '',
    /^docker has no image registry\.invalid\/away:1, and registry\.invalid can't be reached/,
  );
});

test('an engine that lets nobody in is an obstacle with a remedy', async (t) => {
  const environment = await environmentWith(t, 'echo "permission denied" >&2; exit 1');
  const needs = { images: ['here:1'], withoutImage: 'load it' } as const;
  const { obstacles } = await examineContainers(needs, { environment, signal });
  t.is(obstacles[0]?.what, 'docker does not let this user in: permission denied');
  t.regex(obstacles[0].remedy, /usermod/);
});

test('an engine with little room may do, and that is said', (t) => {
  t.deepEqual(judgeRoom(8e9, undefined), []);
  const scarce = judgeRoom(2e9, 1e9);
  t.deepEqual(
    scarce.map(({ isFatal }) => isFatal),
    [false, false],
  );
  t.regex(scarce[0]?.what ?? '', /has 2\.0 GB of memory/);
  t.regex(scarce[1]?.what ?? '', /has 1\.0 GB of disk free/);
});

test("an image's registry is Docker Hub unless it names another", (t) => {
  const hub = 'https://registry-1.docker.io';
  for (const image of ['k3s', 'rancher/k3s:v1', 'docker.io/rancher/k3s']) t.is(registryOf(image), hub);
  t.is(registryOf('ghcr.io/fluxcd/flux'), 'https://ghcr.io');
  t.is(registryOf('localhost/k3s'), 'https://localhost');
  t.is(registryOf('mirror:5000/k3s'), 'https://mirror:5000');
});
