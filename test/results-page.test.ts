import test from 'ava';
import { cp, readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { temporaryDirectory } from '../reports/testing/run-on-disk.ts';
import { runCommand } from './run-command.ts';

const docs = fileURLToPath(new URL('../docs', import.meta.url));

test('the page of results says what the data beside it says', async (t) => {
  t.timeout(120_000);
  const directory = await temporaryDirectory(t);
  await cp(docs, directory, { recursive: true });
  const page = path.join(directory, 'results.md');
  const names = (await readdir(path.join(directory, 'results'))).toSorted();
  const runs = names.map((run) => path.join(directory, 'results', run));
  const features = await runCommand(t, ['report', 'features', ...runs, '--into', page], directory);
  t.regex(features.stdout, /results\.md: not changed/, features.stderr);
  const text = await readFile(page, 'utf8');
  const shown = runs.filter((run) => text.includes(`results of ${path.basename(run)} begin`));
  t.true(shown.length > 0);
  for (const run of shown) {
    const { stdout, stderr } = await runCommand(t, ['report', run, '--into', page], directory);
    t.regex(stdout, /results\.md: not changed/, stderr);
    t.notRegex(stdout, /: (made|changed|removed)$/m);
  }
});
