import test from 'ava';
import { examples } from '../cli/help/examples.ts';
import { temporaryDirectory } from '../reports/testing/run-on-disk.ts';
import { runCommand } from './run-command.ts';

/** The words of a command line; single quotes hold one together. */
function shellWords(text: string): string[] {
  return [...text.matchAll(/'([^']*)'|[^\s']+/g)].map(([word, quoted]) => quoted ?? word);
}

test('every command has two examples or more', async (t) => {
  const directory = await temporaryDirectory(t);
  const groups = ['', 'lab', 'report'];
  const names = await Promise.all(
    groups.map(async (group) => {
      const { stdout } = await runCommand(
        t,
        [...group.split(' ').filter((word) => word !== ''), '--help'],
        directory,
      );
      const [, list = ''] = /^Commands:\n((?: .*\n?)+)/m.exec(stdout) ?? [];
      return [...list.matchAll(/^ {2}([\w-]+)/gm)].map(([, name = '']) => `${group} ${name}`.trim());
    }),
  );
  t.true(names.flat().length > 15);
  t.deepEqual(Object.keys(examples).toSorted(), names.flat().toSorted());
  for (const [name, shown] of Object.entries(examples)) t.true(shown.length >= 2, name);
});

test('the examples of a command stand in its help, and its help explains their flags', async (t) => {
  t.timeout(120_000);
  const directory = await temporaryDirectory(t);
  await Promise.all(
    Object.entries(examples).map(async ([name, shown]) => {
      const { exitCode, stdout } = await runCommand(t, [...name.split(' '), '--help'], directory);
      t.is(exitCode, 0, name);
      t.true(stdout.startsWith(`Usage: gitops-lab ${name} `), name);
      const [before = '', after = ''] = stdout.split('\nExamples:\n');
      for (const { words, what } of shown) {
        t.true(after.includes(what), `${name}: ${what}`);
        // A group shows examples of the commands below it; what follows -- is of another command.
        const own = name === 'lab' ? [] : shellWords(words.split(' -- ')[0] ?? '');
        for (const flag of own.filter((word) => word.startsWith('--')))
          t.true(before.includes(`${flag} `) || before.includes(`${flag}\n`), `${name}: ${flag}`);
      }
    }),
  );
});

test('the examples of scenarios can be planned', async (t) => {
  t.timeout(120_000);
  const directory = await temporaryDirectory(t);
  const planned = (examples['scenario'] ?? []).filter(({ words }) => words !== '');
  await Promise.all(
    planned.map(async ({ words }) => {
      const given = shellWords(words).filter((word) => word !== '--dry-run');
      const { exitCode, stderr } = await runCommand(t, ['scenario', ...given, '--dry-run'], directory);
      t.is(exitCode, 0, `${words}: ${stderr}`);
    }),
  );
});
