import test from 'ava';
import { existsSync } from 'node:fs';
import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { parse } from 'yaml';
import { pins } from '../lab/toolchain/pins.ts';
import { temporaryDirectory } from '../reports/testing/run-on-disk.ts';
import { driftRecovery } from '../scenarios/drift-recovery.ts';
import { builtInProfiles } from '../scenarios/profiles/built-in.ts';
import { parseProfile } from '../scenarios/profiles/profile.ts';
import { codeBlocks, inlineCommands, readPages } from './documented/pages.ts';
import { runCommand } from './run-command.ts';

const root = fileURLToPath(new URL('..', import.meta.url));

async function readPage(file: string): Promise<string> {
  return readFile(path.join(root, file), 'utf8');
}

/** Whole commands between the lines that have no placeholder, such as NAME. */
function inlineForTyping(page: string): string[] {
  return inlineCommands(page).filter((code) => !/\b[A-Z]{2,}\b|…/.test(code));
}

interface NpmCommand {
  readonly script: string;
  /** What npm would pass on. */
  readonly words: readonly string[];
  /** Flags that npm would keep, because no `--` stands before them. */
  readonly swallowed: readonly string[];
}

/** The words of a command line; single quotes hold one together. */
function shellWords(text: string): string[] {
  return [...text.matchAll(/'([^']*)'|[^\s']+/g)].map(([word, quoted]) => quoted ?? word);
}

/** npm's own commands, which are no scripts. */
const ofNpm = ['ci', 'run', 'install', 'uninstall', 'pack'];

/** A command of the installed program, whose flags npx passes on. */
function parseInstalled(text: string): NpmCommand | undefined {
  const [, script, rest = ''] = /(?:^|npx )gitops-lab ([\w-]+)([^&|)>]*)/.exec(text) ?? [];
  return script === undefined ? undefined : { script, words: shellWords(rest), swallowed: [] };
}

function parseNpm(text: string): NpmCommand | undefined {
  const [, script = '', rest = ''] = /npm (?:run (?:--silent )?)?([\w-]+)([^&|)"]*)/.exec(text) ?? [];
  if (script === '' || ofNpm.includes(script)) return undefined;
  const [before = '', after = ''] = rest.trim().split(/(?:^|\s)--(?:\s|$)/, 2);
  const given = before.split(/\s+/).filter((word) => word !== '');
  const swallowed = given.filter((word) => word.startsWith('-'));
  return { script, words: [...given, ...shellWords(after)], swallowed };
}

/** Every command that the pages have someone type, each once. */
function documentedCommands(): NpmCommand[] {
  const pages = [...readPages().values()];
  const texts = pages.flatMap((page) => [
    ...codeBlocks(page, ['console', 'sh']).flatMap((code) => code.split(/\n|&&/)),
    ...inlineForTyping(page).flatMap((code) => code.split('&&')),
  ]);
  const commands = texts
    .flatMap((text) => [parseNpm(text), parseInstalled(text)])
    .filter((command) => command !== undefined);
  return [...new Map(commands.map((command) => [JSON.stringify(command), command])).values()];
}

/** What goes on with a run, or shows it again, can't be planned where there is none, as in a fresh checkout. */
function goesOn({ words }: NpmCommand): boolean {
  return words.includes('--resume') || words.includes('--replay');
}

test('documented commands are scripts of this project, and keep their flags from npm', async (t) => {
  const { scripts } = JSON.parse(await readPage('package.json')) as { scripts: Record<string, string> };
  const commands = documentedCommands();
  t.true(commands.length > 10);
  for (const { script, swallowed } of commands) {
    t.true(script in scripts, `npm run ${script}`);
    t.deepEqual(swallowed, [], `npm run ${script} needs "--"`);
  }
});

test('documented scenario commands can be planned', async (t) => {
  t.timeout(300_000);
  const directory = await temporaryDirectory(t);
  const commands = documentedCommands().filter(
    (command) => command.script === 'scenario' && !goesOn(command),
  );
  t.true(commands.length > 0);
  const planned = new Set(
    commands.map(({ words }) =>
      JSON.stringify([...words.filter((word) => word !== '--dry-run'), '--dry-run']),
    ),
  );
  await Promise.all(
    [...planned].map(async (command) => {
      const { exitCode, stderr } = await runCommand(
        t,
        ['scenario', ...(JSON.parse(command) as string[])],
        directory,
      );
      t.is(exitCode, 0, `${command}: ${stderr}`);
    }),
  );
});

test('the other documented commands are explained by their help, with every flag', async (t) => {
  t.timeout(300_000);
  const directory = await temporaryDirectory(t);
  const ours = ['lab', 'report', 'toolchain', 'doctor', 'completion'];
  const commands = documentedCommands().filter((command) => ours.includes(command.script) || goesOn(command));
  t.true(commands.length > 0);
  // Each is asked once, with all flags that it is given anywhere.
  const asked = new Map<string, string[]>();
  for (const { script, words } of commands) {
    const isGroup =
      script === 'lab' || (script === 'report' && /^(compare|merge|features)$/.test(words[0] ?? ''));
    const name = [script, ...(isGroup ? words.slice(0, 1) : [])].join(' ');
    const firstFlag = words.findIndex((word) => word.startsWith('--'));
    const flags = firstFlag === -1 ? [] : words.slice(firstFlag);
    asked.set(name, [...(asked.get(name) ?? []), ...flags]);
  }
  await Promise.all(
    [...asked].map(async ([name, flags]) => {
      const command = [...name.split(' '), ...flags, '--help'];
      const { exitCode, stdout, stderr } = await runCommand(t, command, directory);
      t.is(exitCode, 0, `${name}: ${stderr}`);
      // A group answers for a command that it does not have.
      t.true(stdout.startsWith(`Usage: gitops-lab ${name} `), name);
      for (const flag of flags.filter((word) => word.startsWith('--'))) {
        t.true(stdout.includes(flag), `${name}: ${flag}`);
      }
    }),
  );
});

test('links between the pages lead to files that exist', (t) => {
  const pages = readPages();
  for (const [file, page] of pages) {
    const targets = [...page.matchAll(/\]\(([^)#]+)(?:#[^)]*)?\)/g)].map(([, target = '']) => target);
    for (const target of targets.filter((one) => !/^\w+:/.test(one))) {
      t.true(existsSync(path.resolve(root, path.dirname(file), target)), `${file}: ${target}`);
    }
  }
  const linked = [...pages.values()].join('\n');
  for (const file of pages.keys()) {
    t.true(file === 'README.md' || linked.includes(`${path.basename(file)})`), `${file} is linked to`);
  }
});

test('every scenario has a page, and the list of scenarios leads to it', async (t) => {
  const { stdout } = await runCommand(t, ['scenario'], await temporaryDirectory(t));
  const names = [...stdout.matchAll(/^([a-z-]+) {2}/gm)].map(([, name = '']) => name);
  t.true(names.includes('drift-recovery') && names.includes('all'), stdout);
  const list = await readPage('docs/scenarios.md');
  for (const name of names) {
    const page = name === 'calibrate' ? 'calibration.md' : `scenarios/${name}.md`;
    t.regex(await readPage(`docs/${page}`), new RegExp(`npm run scenario ${name}`), page);
    t.true(list.includes(`| [${name}](${page})`), `${name} is not in the list`);
  }
});

test('the example of a profile is one', async (t) => {
  const [example, ...others] = codeBlocks(await readPage('docs/method.md'), ['yaml']);
  t.is(others.length, 0);
  const profile = parseProfile(example ?? '', 'docs/method.md', builtInProfiles[0]);
  t.is(profile.name, 'slower');
});

test('the pinned versions are those of the documentation', async (t) => {
  const page = await readPage('docs/labs/embedded.md');
  for (const { name, official, go } of Object.values(pins)) {
    for (const version of [official?.version, go?.version].filter((one) => one !== undefined)) {
      t.true(page.includes(version.replace(/^v/, '')), `${name} ${version}`);
    }
  }
});

test('the disturbances of the documentation are those that are made', async (t) => {
  const page = await readPage('docs/scenarios/drift-recovery.md');
  for (const { name, command } of driftRecovery.disturbances) {
    t.regex(page, new RegExp(`\`${name}\` +\\| \`${command}\``));
  }
});

test('the ready workflows hold commands that can be planned, and what they publish is what a run leaves', async (t) => {
  t.timeout(300_000);
  const directory = await temporaryDirectory(t);
  for (const file of ['docs/ci/github.yaml', 'docs/ci/gitlab.yaml']) {
    const text = await readPage(file);
    t.truthy(parse(text), file);
    const commands = [...text.matchAll(/npm run scenario .*/g)].map(([line]) => parseNpm(line));
    t.is(commands.length, 1, file);
    for (const command of commands) {
      t.deepEqual(command?.swallowed, []);
      const words = ['scenario', ...(command?.words ?? []), '--dry-run'];
      const { exitCode, stderr, stdout } = await runCommand(t, words, directory);
      t.is(exitCode, 0, stderr);
      t.regex(stdout, /timeToRestore\.p95 < 2m/);
    }
  }
});

/** The text of all files that run. */
async function sourceText(): Promise<string> {
  const names = await Promise.all(
    ['cli', 'common', 'lab', 'reports', 'scenarios'].map(async (place) =>
      (await readdir(path.join(root, place), { recursive: true })).map((name) => path.join(place, name)),
    ),
  );
  const files = names.flat().filter((name) => /(?<!\.test|\.d)\.ts$/.test(name) && !name.includes('/runs/'));
  return (await Promise.all(files.map(readPage))).join('\n').replaceAll("\\'", "'");
}

test('every message in the page on troubleshooting is one that the program says', async (t) => {
  const source = await sourceText();
  const page = await readPage('docs/troubleshooting.md');
  const cells = [...page.matchAll(/^\| (`.*?) +\|/gm)].map(([, cell = '']) => cell);
  const messages = cells.flatMap((cell) =>
    [...cell.matchAll(/`([^`]+)`(?! \(|\w)/g)].map(([, text = '']) => text),
  );
  t.true(messages.length > 60);
  const unsaid = messages.filter((message) => {
    // What stands for something else parts a message; the rest is said by one string of the program.
    const parts = message.split(/"[^"]*"|\b[A-Z]+\b|\d+|…|http:\/\/|--FLAG|'DEMAND'/);
    const [longest = ''] = parts
      .map((part) => part.trim())
      .toSorted((one, other) => other.length - one.length);
    return longest.length < 4 || !source.includes(longest);
  });
  t.deepEqual(unsaid, []);
});
