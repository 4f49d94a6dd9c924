import { readFile } from 'node:fs/promises';
import path from 'node:path';
import test from 'ava';
import { moduleFolders } from './building/go-command.ts';
import { oldestGo } from './building/go-program.ts';
import { describeMismatch } from './mismatch.ts';
import { pins } from './pins.ts';
import { toolNames, type Tool, type ToolName } from './tool.ts';

const goPins = toolNames.map((name) => pins[name].go).filter((pin) => pin !== undefined);
const platforms = (['linux', 'darwin'] as const).flatMap((os) =>
  (['amd64', 'arm64'] as const).map((arch) => ({ os, arch })),
);

/** The tools as their publishers would provide them. */
function officialTools(): ReadonlyMap<ToolName, Tool> {
  const rest = { origin: 'release', source: '', sha256: '', files: {} } as const;
  return new Map(
    toolNames.map((name) => [name, { name, version: pins[name].official?.version ?? 'own', ...rest }]),
  );
}

for (const pin of goPins) {
  test(`${pin.folder}/go.mod requires ${pin.module} at the pinned version (${pin.programs.map(({ name }) => name).join()})`, async (t) => {
    const text = await readFile(path.join(moduleFolders, pin.folder, 'go.mod'), 'utf8');
    const isOwn = text.startsWith(`module ${pin.module}\n`);
    t.true(isOwn || new RegExp(`${pin.module} ${pin.version}[ \n]`).test(text));
    t.true(text.includes(`\ngo ${oldestGo}`));
    // Of a package that go.mod does not name as a tool, go.sum may lack what it imports.
    for (const { package: name } of pin.programs) t.true(name.startsWith('.') || text.includes(name), name);
  });
}

for (const platform of platforms) {
  test(`what publishers offer for ${platform.os}/${platform.arch} makes each tool whole`, (t) => {
    for (const { files, official } of Object.values(pins)) {
      if (official === undefined) continue;
      const offered = official.files(platform)?.map(({ name }) => name);
      t.true(offered === undefined ? platform.os === 'darwin' : offered.join() === files.join());
    }
  });
}

test('what is pinned of publishers is one release', (t) => {
  t.deepEqual(describeMismatch(officialTools()), []);
});
