import test from 'ava';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { ExplainedError } from '../../common/explained-error.ts';
import { recordLeftover, removeLeftovers } from './leftovers.ts';

async function temporary(t: { teardown: (end: () => Promise<void>) => void }): Promise<string> {
  const directory = await mkdtemp(path.join(tmpdir(), 'leftovers '));
  t.teardown(async () => rm(directory, { recursive: true }));
  return directory;
}

const shell = (what: string, script: string) => ({
  what,
  program: 'sh',
  args: ['-c', script],
  environment: { SAID: what },
});

test('what was made last is removed first, and each once', async (t) => {
  const directory = await temporary(t);
  const file = path.join(directory, 'order');
  const say = `echo "$SAID" >> '${file}'`;
  for (const what of ['network', 'cluster', 'cluster']) recordLeftover({ directory }, shell(what, say));
  await removeLeftovers(directory);
  t.is(await readFile(file, 'utf8'), 'cluster\nnetwork\n');
});

test('what can not be removed is named, with the command that removes it', async (t) => {
  const directory = await temporary(t);
  recordLeftover({ directory }, shell('the cluster', 'echo engine away; exit 1'));
  const error = await t.throwsAsync(removeLeftovers(directory), { instanceOf: ExplainedError });
  t.is(error.message, 'the cluster could not be removed');
  t.is(error.why, 'engine away');
  t.regex(error.next ?? '', /^remove it: sh -c/);
});

test('a lab without leftovers has nothing to remove', async (t) => {
  await t.notThrowsAsync(removeLeftovers(await temporary(t)));
});
