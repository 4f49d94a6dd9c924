import test from 'ava';
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { copyProgram, isLeftOut } from './program-files.ts';

test('runs that were made here and tests are left out', (t) => {
  t.true(isLeftOut('reports/runs/drift-recovery/latest'));
  t.true(isLeftOut('lab/kube/apply.test.ts'));
  t.false(isLeftOut('reports/render/report.ts'));
});

for (const place of ['', 'node_modules/gitops-lab']) {
  test(`the program is copied with its packages around it, from "${place}"`, async (t) => {
    const directory = await mkdtemp(path.join(tmpdir(), 'gitops-lab-program-'));
    t.teardown(async () => rm(directory, { recursive: true, force: true }));
    const from = path.join(directory, 'from');
    const write = async (file: string, text: string): Promise<void> => {
      await mkdir(path.dirname(path.join(from, file)), { recursive: true });
      await writeFile(path.join(from, file), text);
    };
    await write(path.join(place, 'package.json'), '{"dependencies": {"tsx": "1"}}');
    for (const part of ['cli.ts', 'tsconfig.json', 'LICENSE', 'cli/lab.ts', 'cli/lab.test.ts'])
      await write(path.join(place, part), '');
    for (const part of ['common', 'lab', 'playbooks', 'reports', 'scenarios', 'vagrant'])
      await write(path.join(place, part, 'file'), '');
    await write('node_modules/tsx/package.json', '{}');
    await write('node_modules/ava/package.json', '{}');
    const to = path.join(directory, 'to');
    t.is(await copyProgram(path.join(from, place), to), place);
    const isThere = (file: string): boolean => existsSync(path.join(to, file));
    t.true(isThere(path.join(place, 'cli/lab.ts')));
    t.false(isThere(path.join(place, 'cli/lab.test.ts')));
    t.true(isThere('node_modules/tsx/package.json'));
    t.false(isThere('node_modules/ava'));
  });
}
