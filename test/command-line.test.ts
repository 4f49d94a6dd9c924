import test from 'ava';
import { chmod, mkdir, readdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { temporaryDirectory } from '../reports/testing/run-on-disk.ts';
import { runCommand } from './run-command.ts';

interface WrongInput {
  readonly words: readonly string[];
  readonly says: readonly RegExp[];
  readonly environment?: NodeJS.ProcessEnv;
}

const run = ['scenario', 'drift-recovery'];
const underNpm = { npm_lifecycle_event: 'scenario' };

const wrongInputs: Readonly<Record<string, WrongInput>> = {
  'an unknown command': {
    words: ['scenari'],
    says: [/unknown command 'scenari'/, /Did you mean scenario\?/],
  },
  'an unknown scenario': {
    words: ['scenario', 'drift-recovry'],
    says: [/unknown scenario "drift-recovry"/, /did you mean "drift-recovery"\?/],
  },
  'an unknown flag': {
    words: [...run, '--enginee', 'flux'],
    says: [/unknown option '--enginee'/, /--engine\?/],
  },
  'an unknown engine': { words: [...run, '--engine', 'argo'], says: [/unknown engine "argo"/, /argocd/] },
  'an unknown lab': {
    words: [...run, '--lab', 'minikube'],
    says: [/unknown lab "minikube"/, /known: embedded/],
  },
  'an unknown profile': {
    words: [...run, '--profile', 'matchd'],
    says: [/unknown profile "matchd"/, /did you mean "matched"\?/],
  },
  'an unknown disturbance': {
    words: [...run, '--only', 'delete-servce'],
    says: [/unknown disturbance "delete-servce"/, /did you mean "delete-service"\?/],
  },
  'a misspelled calibration': {
    words: ['scenario', 'calibrat'],
    says: [/unknown scenario "calibrat"/, /did you mean "calibrate"\?/],
  },
  'an unknown condition of a calibration': {
    words: ['scenario', 'calibrate', '--only', '100-object-idle'],
    says: [/unknown condition "100-object-idle"/, /did you mean "100-objects-idle"\?/],
  },
  'an engine for a calibration': {
    words: ['scenario', 'calibrate', '--engine', 'flux'],
    says: [/calibrate has no use for --engine/, /--only, --iterations, --seed and --out/],
  },
  'a threshold for a calibration': {
    words: ['scenario', 'calibrate', '--threshold', 'flux.drift.*.timeToRestore.p95 < 30s'],
    says: [/calibrate has no use for --threshold/],
  },
  'a kept lab for a calibration': {
    words: ['scenario', 'calibrate', '--keep-lab'],
    says: [/calibrate has no use for --keep-lab/],
  },
  'a directory of scenarios that is not there': {
    words: ['scenario', '--scenarios', './nowhere'],
    says: [/the scenarios of \.\/nowhere can't be read/, /no such directory/],
  },
  'a directory without scenarios': {
    words: ['scenario', 'mine', '--scenarios', 'docs'],
    says: [/docs holds no scenarios/, /\.ts, \.js, \.mjs, \.yaml, \.yml/],
  },
  'an unknown scenario beside own ones': {
    words: ['scenario', 'guestbok', '--scenarios', 'docs/examples'],
    says: [/unknown scenario "guestbok"/, /did you mean "guestbook"\?/],
  },
  'a negative number': {
    words: [...run, '--iterations', '-3'],
    says: [/--iterations is "-3"/, /1 to 10000/],
  },
  'a seed that is no number': { words: [...run, '--seed', 'NaN'], says: [/from 0 to 4294967295/] },
  'a timeout that is no duration': {
    words: [...run, '--timeout', 'ten'],
    says: [/--timeout is "ten"/, /30s, 5m/],
  },
  'a threshold with a misspelled part': {
    words: [...run, '--threshold', 'flux.drift.delete-service.timeToRestor.p95 < 30s'],
    says: [/--threshold 'flux\..* < 30s': unknown time "timeToRestor"/, /did you mean "timeToRestore"\?/],
  },
  'a threshold without quotes, whose end the shell took': {
    words: [...run, '--threshold', 'flux.drift.delete-service.timeToRestore.p95'],
    says: [/it has no operator/, /in quotes, such as 'flux\./],
  },
  'a threshold on an unknown disturbance': {
    words: [...run, '--threshold', 'flux.drift.delete-servce.timeToRestore.p95 < 30s'],
    says: [/unknown disturbance "delete-servce"/, /did you mean "delete-service"\?/],
  },
  'a threshold on a disturbance that is not made': {
    words: [...run, '--only', 'edit-env', '--threshold', '*.*.edit-image.timeToReady.max < 1m'],
    says: [/the run does not make edit-image/, /it makes edit-env;/],
  },
  'a threshold on an engine that is not measured': {
    words: [...run, '--engine', 'flux', '--threshold', 'argocd.*.*.timeToReady.max < 1m'],
    says: [/the run does not measure argocd/, /it measures flux;/],
  },
  'flags that npm swallowed': {
    words: run,
    environment: { ...underNpm, npm_config_seed: '4', npm_config_dry_run: 'true' },
    says: [/npm kept --seed, --dry-run for itself/, /put "--" before/],
  },
  'a run that is not there': { words: ['report', 'no/such/run'], says: [/there is no run at/] },
  'a flag of timelines without an iteration': {
    words: ['report', 'latest', '--all-logs'],
    says: [/--all-logs is without --iteration/, /add --iteration/],
  },
  'a comparison of a run with nothing': {
    words: ['report', 'compare', 'no/such/run', 'latest'],
    says: [/there is no run at/],
  },
  'an unknown thing to fail on': {
    words: ['report', 'compare', 'latest', 'latest', '--fail-on', 'regresion'],
    says: [/unknown failure "regresion"/, /did you mean "regression"\?/],
  },
  'a minimum that is no duration': {
    words: ['report', 'compare', 'latest', 'latest', '--minimum', 'much'],
    says: [/--minimum is "much"/, /30s, 5m/],
  },
  'a merge of nothing': { words: ['report', 'merge'], says: [/missing required argument 'runs'/] },
  'an unknown tool': { words: ['toolchain', 'etdc'], says: [/unknown tool "etdc"/, /did you mean "etcd"/] },
  'a lab that is not there': { words: ['lab', 'down', 'lab'], says: [/there is no lab named "lab"/] },
};

for (const [title, { words, says, environment }] of Object.entries(wrongInputs)) {
  test(`wrong usage is explained: ${title}`, async (t) => {
    const directory = await temporaryDirectory(t);
    const { exitCode, stdout, stderr } = await runCommand(t, words, directory, environment);
    t.is(exitCode, 2);
    t.is(stdout, '');
    for (const expected of says) t.regex(stderr, expected);
    t.regex(stderr, /^error: /);
    t.notRegex(stderr, /^\s+at /m, 'no stack trace');
    t.deepEqual(await readdir(directory), [], 'nothing was started');
  });
}

test('without a word, there is an explanation of what there is to do', async (t) => {
  const { exitCode, stdout } = await runCommand(t, [], await temporaryDirectory(t));
  t.is(exitCode, 0);
  t.regex(stdout, /npm run scenario drift-recovery/);
});

test('without a name, the scenarios are listed', async (t) => {
  const { exitCode, stdout } = await runCommand(t, ['scenario'], await temporaryDirectory(t));
  t.is(exitCode, 0);
  const lines = stdout.split('\n');
  const [first = ''] = lines;
  const column = first.search(/(?<= {2})\S/);
  t.true(first.startsWith('drift-recovery '));
  const named = lines.slice(0, lines.indexOf(''));
  for (const line of named) t.regex(line.slice(column - 1), /^ \S/, line);
  t.true(named.some((line) => line.startsWith('calibrate ')));
});

test('a dry run shows the plan as JSON alone, and makes nothing', async (t) => {
  const directory = await temporaryDirectory(t);
  const out = path.join(directory, 'runs');
  const flags = ['--only', 'edit-env,delete-service', '--iterations', '3', '--seed', '7', '--out', out];
  const { exitCode, stdout } = await runCommand(t, [...run, ...flags, '--dry-run', '--json'], directory);
  t.is(exitCode, 0);
  const plan = JSON.parse(stdout) as Record<string, unknown>;
  t.like(plan, {
    scenario: 'drift-recovery',
    seed: 7,
    engines: ['flux', 'argocd'],
    measuredPerEngine: 6,
    outputRoot: out,
  });
  t.like(plan['disturbances'], [{ name: 'delete-service' }, { name: 'edit-env' }]);
  t.deepEqual(await readdir(directory), []);
});

test('a dry run of a calibration shows its conditions', async (t) => {
  const directory = await temporaryDirectory(t);
  const flags = ['--only', '1000-objects-busy,10-objects-idle', '--iterations', '250', '--seed', '7'];
  const words = ['scenario', 'calibrate', ...flags, '--dry-run', '--json'];
  const { exitCode, stdout } = await runCommand(t, words, directory);
  t.is(exitCode, 0);
  const plan = JSON.parse(stdout) as Record<string, unknown>;
  t.like(plan, { scenario: 'calibrate', seed: 7, samplesPerCondition: 250 });
  t.like(plan['conditions'], [{ name: '10-objects-idle' }, { name: '1000-objects-busy' }]);
  t.deepEqual(await readdir(directory), []);
});

test('a profile with a wrong key is refused with line and column, in a directory with a space', async (t) => {
  const directory = await temporaryDirectory(t);
  const file = path.join(directory, 'my profile.yaml');
  await writeFile(file, 'name: mine\nflux:\n  sourceIntervall: 1s\n');
  const { exitCode, stderr } = await runCommand(t, [...run, '--profile', file], directory);
  t.is(exitCode, 2);
  t.regex(stderr, /my profile\.yaml, line 3, column 3: unknown setting "sourceIntervall"/);
  t.regex(stderr, /did you mean "sourceInterval"\?/);
});

test('a file where the runs should go is found before anything is prepared', async (t) => {
  const directory = await temporaryDirectory(t);
  await writeFile(path.join(directory, 'file'), '');
  const out = path.join(directory, 'file', 'runs');
  const { exitCode, stderr } = await runCommand(t, [...run, '--out', out], directory);
  t.is(exitCode, 2);
  t.regex(stderr, /a file is where a directory is needed/);
  t.deepEqual(await readdir(directory), ['file']);
});

// What is read-only for others is not for root.
const unlessRoot = process.getuid?.() === 0 ? test.skip : test;
unlessRoot('a read-only output directory is found before anything is prepared', async (t) => {
  const directory = await temporaryDirectory(t);
  const out = path.join(directory, 'runs');
  await mkdir(out, { mode: 0o500 });
  const { exitCode, stderr } = await runCommand(t, [...run, '--out', out], directory);
  t.is(exitCode, 1);
  t.regex(stderr, /read-only for this user/);
  t.deepEqual(await readdir(directory), ['runs']);
});

test('a git that is too old is found before anything is prepared, and by the doctor', async (t) => {
  const directory = await temporaryDirectory(t);
  const programs = path.join(directory, 'bin');
  await mkdir(programs);
  await writeFile(path.join(programs, 'git'), '#!/bin/sh\necho "git version 2.20.1"\n');
  await chmod(path.join(programs, 'git'), 0o755);
  const environment = { PATH: `${programs}${path.delimiter}${process.env['PATH'] ?? ''}` };
  const { exitCode, stderr } = await runCommand(t, run, directory, environment);
  t.is(exitCode, 1);
  t.regex(stderr, /git 2\.20\.1 is too old/);
  t.regex(stderr, /install git 2\.32/);
  t.deepEqual(await readdir(directory), ['bin']);
  const doctor = await runCommand(t, ['doctor'], directory, environment);
  t.is(doctor.exitCode, 1);
  t.regex(doctor.stdout, /✘ git 2\.20\.1 is too old/);
});
