import test, { type ExecutionContext } from 'ava';
import { execa } from 'execa';
import { cp, mkdir, mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { makeUpRun } from '../reports/testing/made-up-run.ts';
import { recordRun, temporaryDirectory } from '../reports/testing/run-on-disk.ts';
import { makeCheckout } from './documented/checkout.ts';
import { documented, documentedLines } from './documented/pages.ts';
import { shortened, startTyped, wordsOf } from './documented/typing.ts';
import { makePlace, patientProfile, startProgram, untilSaid } from './support.ts';

const root = fileURLToPath(new URL('..', import.meta.url));

const above = await mkdtemp(path.join(tmpdir(), 'gitops lab-'));

/** A directory of nobody's, where the packed program is installed; its name has a space on purpose. */
const place = path.join(above, 'of a user');
const executable = path.join(place, 'node_modules', '.bin', 'gitops-lab');
const tarball = path.join(above, 'checkout', 'gitops-lab-0.1.0.tgz');

/** The environment of a terminal that no npm script has started. */
const environment = Object.fromEntries(
  Object.entries(process.env).filter(([name]) => !name.startsWith('npm_') && name !== 'INIT_CWD'),
);

test.before('the program is packed, and installed in an empty directory', async (t) => {
  t.timeout(300_000);
  const env = { env: { ...environment, npm_config_prefer_offline: 'true' }, extendEnv: false };
  const type = async (cwd: string, ...lines: readonly string[]) =>
    execa('bash', ['-e', '-c', lines.join('\n')], { cwd, ...env });
  const checkout = await makeCheckout(path.join(above, 'checkout'), { withPackages: false });
  await type(checkout, documented('npm ci'), documented('npm pack'));
  await mkdir(place);
  const install = documented('npm install --save-exact /path/to/gitops-lab-0.1.0.tgz');
  await type(place, install.replace(/\/path\S+/, `'${tarball}'`));
});

test.after.always(async () => rm(above, { recursive: true, force: true }));

/** What a user gets who types this in the directory. */
async function typed(t: ExecutionContext, ...words: readonly string[]) {
  const data = path.join(await temporaryDirectory(t), 'data');
  const { exitCode, stdout, stderr } = await execa('npx', ['--no-install', 'gitops-lab', ...words], {
    cwd: place,
    env: { ...environment, XDG_DATA_HOME: data },
    extendEnv: false,
    reject: false,
    stdin: 'ignore',
  });
  return { exitCode, stdout, stderr };
}

test.serial('the package is small, and holds no tests', async (t) => {
  const { stdout } = await execa('tar', ['-tzf', tarball]);
  const files = stdout.split('\n').map((file) => file.replace(/^package\//, ''));
  t.true(files.includes('cli.ts') && files.includes('README.md') && files.includes('tsconfig.json'));
  const needless = /^test\/|\.test\.ts$|-for-tests\.ts$|-fixture\.ts$|\/testing\/|^reports\/runs\//;
  t.deepEqual(
    files.filter((file) => needless.test(file)),
    [],
  );
  t.true((await stat(tarball)).size < 2e6);
});

test.serial(
  'help, the list of scenarios and the overview name the commands as they are typed here',
  async (t) => {
    const help = await typed(t, '--help');
    t.is(help.exitCode, 0, help.stderr);
    t.regex(help.stdout, /^Usage: gitops-lab COMMAND/);
    const list = await typed(t, 'scenario');
    t.is(list.exitCode, 0, list.stderr);
    t.regex(list.stdout, /^run one with: npx gitops-lab scenario drift-recovery$/m);
    const overview = await typed(t, ...documented('npx gitops-lab').split(' ').slice(2));
    t.is(overview.exitCode, 0, overview.stderr);
    for (const { stdout } of [help, list, overview]) t.notRegex(stdout, /npm run|npm start/);
  },
);

test.serial('a misspelled scenario is explained with the nearest name, and ends with 2', async (t) => {
  const { exitCode, stderr } = await typed(t, 'scenario', 'drift-recovry');
  t.is(exitCode, 2);
  t.regex(stderr, /did you mean "drift-recovery"\?/);
  const wrong = await typed(t, 'scenario', '--enginee');
  t.regex(wrong.stderr, /npx gitops-lab scenario --help explains it/);
});

test.serial('a run would lie below the directory of the user', async (t) => {
  const { exitCode, stdout, stderr } = await typed(t, 'scenario', 'drift-recovery', '--dry-run');
  t.is(exitCode, 0, stderr);
  t.true(stdout.includes(path.join(place, 'reports', 'runs', 'drift-recovery')), stdout);
});

test.serial('own scenarios in TypeScript and YAML are found from where the user is', async (t) => {
  await cp(path.join(root, 'docs', 'examples'), path.join(place, 'mine'), { recursive: true });
  // Settings of the user's that the program must not go by.
  await writeFile(path.join(place, 'tsconfig.json'), '{"compilerOptions": {"paths": {"zod": ["./no.ts"]}}}');
  for (const name of ['guestbook', 'queue-outage']) {
    const { exitCode, stdout, stderr } = await typed(
      t,
      'scenario',
      name,
      '--scenarios',
      './mine',
      '--dry-run',
    );
    t.is(exitCode, 0, stderr);
    t.true(stdout.startsWith(`${name}: `), stdout);
  }
});

test.serial('the report of a run is rendered, with its page', async (t) => {
  const directory = await recordRun(path.join(place, 'runs'), makeUpRun());
  const { exitCode, stdout, stderr } = await typed(t, 'report', path.relative(place, directory));
  t.is(exitCode, 0, stderr);
  t.regex(stdout, /^runs\/.*report\.html$/m);
  t.true((await stat(path.join(directory, 'report.html'))).size > 10_000);
});

test.serial('Ctrl-C ends a run with 130', async (t) => {
  t.timeout(300_000);
  const user = await makePlace(t);
  const command = documented('npx gitops-lab scenario drift-recovery --engine flux');
  const run = wordsOf(shortened(command, ['--only', 'delete-deployment']));
  const program = startProgram(t, user, [...run, '--out', user.runs], [executable]);
  await untilSaid(program, 'recording in');
  program.kill('SIGINT');
  const { exitCode, all } = await program;
  t.is(exitCode, 130, all);
  t.regex(all, /npx gitops-lab scenario --resume/);
});

/** Types lines into a shell in the directory of the user, each of which has to work; what they said. */
async function type(
  t: ExecutionContext,
  lines: readonly string[],
  changes: Readonly<Record<string, string>> = {},
): Promise<string> {
  const user = await makePlace(t);
  const surroundings = { environment: { ...user.environment, ...changes } };
  const { exitCode, all } = await startTyped(t, surroundings, lines.join('\n'), place);
  t.is(exitCode, 0, all);
  return all;
}

test.serial('the doctor and a scenario work as the page on installing says', async (t) => {
  t.timeout(300_000);
  const profile = await patientProfile(await makePlace(t), 'warmups: 0\n');
  const command = documented(
    'npx gitops-lab scenario drift-recovery --only delete-deployment --iterations 6',
  );
  const said = await type(t, [
    documented('npx gitops-lab doctor'),
    shortened(command, ['--iterations', '1', '--profile', profile]),
  ]);
  t.regex(said, /^report: reports\/runs\/drift-recovery\/.*report\.html/m);
});

test.serial('a global installation has its completion written for each shell', async (t) => {
  t.timeout(120_000);
  const prefix = path.join(above, 'global');
  const home = path.join(above, 'home');
  await mkdir(home);
  const lines = [
    documented('npm install --global FILE').replace('FILE', `'${tarball}'`),
    ...documentedLines('docs/install.md', 'Completion'),
  ];
  await type(t, lines, {
    HOME: home,
    PATH: `${path.join(prefix, 'bin')}:${process.env['PATH'] ?? ''}`,
    npm_config_prefix: prefix,
    npm_config_prefer_offline: 'true',
    npm_config_cache: process.env['npm_config_cache'] ?? path.join(process.env['HOME'] ?? '', '.npm'),
  });
  const scripts = [
    '.local/share/bash-completion/completions/gitops-lab',
    '.zfunc/_gitops-lab',
    '.config/fish/completions/gitops-lab.fish',
  ];
  for (const script of scripts) t.regex(await readFile(path.join(home, script), 'utf8'), /gitops-lab/);
});

test.serial('uninstalling ends what runs, and removes the program', async (t) => {
  t.timeout(180_000);
  await type(t, [
    'npx gitops-lab lab up --engine none',
    `test -f "$(${documented('npx gitops-lab lab kubeconfig')})"`,
    ...documentedLines('docs/install.md', 'Uninstall'),
  ]);
  await t.throwsAsync(stat(executable));
});
