import { access, mkdir, mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import test, { type ExecutionContext } from 'ava';
import { baseDockerfile, layOutBase } from './base-image.ts';
import { toolsForTests } from './tools-for-tests.ts';

async function temporary(t: ExecutionContext): Promise<string> {
  const directory = await mkdtemp(path.join(tmpdir(), 'base image '));
  t.teardown(async () => rm(directory, { recursive: true }));
  return directory;
}

test('the Dockerfile starts from Debian, lays files over it, and carries its labels', (t) => {
  const lines = baseDockerfile({ 'io.example.key': 'a "quoted" one' }).trimEnd().split('\n');
  t.deepEqual(lines.slice(0, 3), ['FROM scratch', 'ADD debian-node.tar /', 'COPY files/ /']);
  t.is(lines.filter((line) => line.startsWith('RUN ')).length, 1);
  t.is(lines.at(-1), String.raw`LABEL io.example.key="a \"quoted\" one"`);
  t.true(lines.includes('STOPSIGNAL SIGRTMIN+3'));
});

test('kind’s files are laid out with programs that run, and a configuration that any node can bear', async (t) => {
  const directory = await temporary(t);
  const module = path.join(directory, 'module');
  const sources = path.join(module, 'images', 'base', 'files');
  for (const [name, text] of Object.entries({
    'etc/containerd/config.toml': 'restrict_oom_score_adj = false\n',
    'usr/local/bin/entrypoint': 'a script',
    'kind/bin/undo.sh': 'another',
  })) {
    await mkdir(path.dirname(path.join(sources, name)), { recursive: true });
    await writeFile(path.join(sources, name), text, { mode: 0o444 });
  }
  const place = path.join(directory, 'place');
  await mkdir(place);
  await layOutBase(place, module, await toolsForTests(directory));
  const files = path.join(place, 'files');
  t.is(
    await readFile(path.join(files, 'etc/containerd/config.toml'), 'utf8'),
    'restrict_oom_score_adj = true\n',
  );
  const modeOf = async (name: string): Promise<number> => (await stat(path.join(files, name))).mode & 0o777;
  for (const name of ['usr/local/bin/entrypoint', 'kind/bin/undo.sh', 'usr/local/bin/ctr', 'opt/cni/bin/ptp'])
    t.is(await modeOf(name), 0o755, name);
  t.is(await modeOf('etc/containerd/config.toml'), 0o644);
  t.is(await modeOf('etc/kubernetes/manifests'), 0o755);
  await t.notThrowsAsync(access(path.join(place, 'debian-node.tar')));
});
