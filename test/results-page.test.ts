import test from 'ava';
import { cp, readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { temporaryDirectory } from '../reports/testing/run-on-disk.ts';
import { runCommand } from './run-command.ts';

const docs = fileURLToPath(new URL('../docs', import.meta.url));

test('the pages of results say what the data beside them says', async (t) => {
  t.timeout(180_000);
  const directory = await temporaryDirectory(t);
  await cp(docs, directory, { recursive: true });
  const runs = (await readdir(path.join(directory, 'results')))
    .toSorted()
    .map((run) => path.join(directory, 'results', run));
  t.true(runs.length > 0);
  for (const run of runs) {
    const page = path.join(run, 'README.md');
    const { stdout, stderr } = await runCommand(t, ['report', run, '--into', page], directory);
    t.regex(stdout, /README\.md: not changed/, stderr);
    t.notRegex(stdout, /: (made|changed|removed)$/m, stdout);
  }
  const page = path.join(directory, 'results.md');
  const features = await runCommand(t, ['report', 'features', ...runs, '--into', page], directory);
  t.regex(features.stdout, /results\.md: not changed/, features.stderr);
  const text = await readFile(page, 'utf8');
  for (const run of runs) t.true(text.includes(`(results/${path.basename(run)}/README.md)`), run);
});
