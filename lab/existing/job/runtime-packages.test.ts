import test from 'ava';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { runtimePackages } from './runtime-packages.ts';

async function writePackages(root: string, packages: Readonly<Record<string, object>>): Promise<void> {
  for (const [folder, content] of Object.entries(packages)) {
    await mkdir(path.join(root, folder), { recursive: true });
    await writeFile(path.join(root, folder, 'package.json'), JSON.stringify(content));
  }
}

test('packages are found as Node.js finds them, and what only makers need is left out', async (t) => {
  const root = await mkdtemp(path.join(tmpdir(), 'gitops-lab-packages-'));
  t.teardown(async () => rm(root, { recursive: true, force: true }));
  await writePackages(root, {
    'node_modules/program': {
      dependencies: { execa: '1', zod: '1' },
      devDependencies: { ava: '1' },
    },
    'node_modules/program/node_modules/zod': {},
    'node_modules/zod': {},
    'node_modules/ava': {},
    'node_modules/execa': {
      dependencies: { figures: '1' },
      optionalDependencies: { '@esbuild/other-machine': '1' },
      peerDependencies: { program: '1' },
    },
    'node_modules/execa/node_modules/figures': {},
  });
  const found = await runtimePackages(path.join(root, 'node_modules/program'));
  t.deepEqual(
    found.map((folder) => path.relative(root, folder)),
    [
      'node_modules/execa',
      'node_modules/program/node_modules/zod',
      'node_modules/execa/node_modules/figures',
    ],
  );
});
