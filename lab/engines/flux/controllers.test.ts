import test from 'ava';
import { mkdtemp, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Tool } from '../../toolchain/tool.ts';
import { fluxController } from './controllers.ts';

const tool = (name: Tool['name']): [Tool['name'], Tool] => [
  name,
  { name, version: '1', origin: 'own', source: '', sha256: '', files: { [name]: `/tools/${name}` } },
];

test('each controller has a temporary directory of its own, for it may empty it when it starts', async (t) => {
  const directory = await mkdtemp(path.join(tmpdir(), 'gitops-lab test '));
  t.teardown(async () => rm(directory, { recursive: true, force: true }));
  const lab = { directory, writeKubeconfig: async (name: string) => Promise.resolve(name) };
  const tools = new Map([tool('source-controller'), tool('kustomize-controller')]);
  const names = ['source-controller', 'kustomize-controller'] as const;
  const controllers = await Promise.all(names.map(async (name) => fluxController(name, {}, lab, tools)));
  const places = controllers.map(({ environment }) => environment?.['TMPDIR'] ?? '');
  t.is(new Set(places).size, 2);
  for (const place of places) {
    t.is(path.dirname(place), directory);
    t.true((await stat(place)).isDirectory());
  }
});
