import test, { type ExecutionContext } from 'ava';
import { execa } from 'execa';
import { cp, mkdtemp, readdir, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { makeUpRun } from '../reports/testing/made-up-run.ts';
import { recordRun, temporaryDirectory } from '../reports/testing/run-on-disk.ts';
import { makePlace, startProgram, untilSaid } from './support.ts';

const root = fileURLToPath(new URL('..', import.meta.url));

/** A directory of nobody's, where the packed program is installed; its name has a space on purpose. */
const place = path.join(await mkdtemp(path.join(tmpdir(), 'gitops lab-')), 'of a user');
const executable = path.join(place, 'node_modules', '.bin', 'gitops-lab');
let tarball = '';

/** The environment of a terminal that no npm script has started. */
const environment = Object.fromEntries(
  Object.entries(process.env).filter(([name]) => !name.startsWith('npm_') && name !== 'INIT_CWD'),
);

test.before('the program is packed, and installed in an empty directory', async (t) => {
  t.timeout(300_000);
  const above = path.dirname(place);
  const env = { env: environment, extendEnv: false };
  await execa('npm', ['pack', '--pack-destination', above], { cwd: root, ...env });
  const [name = ''] = await readdir(above);
  tarball = path.join(above, name);
  await execa('npm', ['install', '--prefer-offline', '--prefix', place, tarball], { cwd: above, ...env });
});

test.after.always(async () => rm(path.dirname(place), { recursive: true, force: true }));

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

test('the package is small, and holds no tests', async (t) => {
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

test('help, the list of scenarios and the overview name the commands as they are typed here', async (t) => {
  const help = await typed(t, '--help');
  t.is(help.exitCode, 0, help.stderr);
  t.regex(help.stdout, /^Usage: gitops-lab COMMAND/);
  const list = await typed(t, 'scenario');
  t.is(list.exitCode, 0, list.stderr);
  t.regex(list.stdout, /^run one with: npx gitops-lab scenario drift-recovery$/m);
  const overview = await typed(t);
  t.is(overview.exitCode, 0, overview.stderr);
  for (const { stdout } of [help, list, overview]) t.notRegex(stdout, /npm run|npm start/);
});

test('a misspelled scenario is explained with the nearest name, and ends with 2', async (t) => {
  const { exitCode, stderr } = await typed(t, 'scenario', 'drift-recovry');
  t.is(exitCode, 2);
  t.regex(stderr, /did you mean "drift-recovery"\?/);
  const wrong = await typed(t, 'scenario', '--enginee');
  t.regex(wrong.stderr, /npx gitops-lab scenario --help explains it/);
});

test('a run would lie below the directory of the user', async (t) => {
  const { exitCode, stdout, stderr } = await typed(t, 'scenario', 'drift-recovery', '--dry-run');
  t.is(exitCode, 0, stderr);
  t.true(stdout.includes(path.join(place, 'reports', 'runs', 'drift-recovery')), stdout);
});

test('own scenarios in TypeScript and YAML are found from where the user is', async (t) => {
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

test('the report of a run is rendered, with its page', async (t) => {
  const directory = await recordRun(path.join(place, 'runs'), makeUpRun());
  const { exitCode, stdout, stderr } = await typed(t, 'report', path.relative(place, directory));
  t.is(exitCode, 0, stderr);
  t.regex(stdout, /^runs\/.*report\.html$/m);
  t.true((await stat(path.join(directory, 'report.html'))).size > 10_000);
});

test('Ctrl-C ends a run with 130', async (t) => {
  t.timeout(300_000);
  const user = await makePlace(t);
  const run = ['scenario', 'drift-recovery', '--engine', 'flux', '--only', 'delete-deployment'];
  const program = startProgram(t, user, [...run, '--out', user.runs], [executable]);
  await untilSaid(program, 'recording in');
  program.kill('SIGINT');
  const { exitCode, all } = await program;
  t.is(exitCode, 130, all);
  t.regex(all, /npx gitops-lab scenario --resume/);
});
