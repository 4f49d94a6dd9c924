import test from 'ava';
import { execa } from 'execa';
import { existsSync } from 'node:fs';
import { mkdir, symlink } from 'node:fs/promises';
import path from 'node:path';
import { readRun } from '../../reports/record/reader.ts';
import { replicaChange } from '../../scenarios/replica-change.ts';
import { documented, documentedLines } from '../documented/pages.ts';
import { shortened, startTyped } from '../documented/typing.ts';
import { engine } from '../node-engine.ts';
import { makeRun } from './make-run.ts';
import { withNodes } from './nodes.ts';
import { runCommand } from '../run-command.ts';
import { labNames, makePlace, patientProfile, startProgram, untilSaid, type TestPlace } from '../support.ts';

const minutes = 60_000;

/** The nodes of these labs, running or not. */
async function nodesOf(names: readonly string[]): Promise<string[]> {
  const all = await engine?.run(['ps', '--all', '--format', '{{.Names}}']);
  return (all ?? '').split('\n').filter((node) => names.some((name) => node.startsWith(name)));
}

function runOf(place: TestPlace, ...more: readonly string[]): string[] {
  return ['scenario', 'drift-recovery', '--lab=kind', `--out=${place.runs}`, ...more];
}

withNodes('both engines run in a cluster of real nodes, and are measured as in any lab', async (t) => {
  t.timeout(15 * minutes);
  const place = await makePlace(t);
  const profile = await patientProfile(place, 'warmups: 0\n');
  const flags = ['--only=delete-deployment,edit-image', '--iterations=1', `--profile=${profile}`];
  const command = documented('npm run scenario drift-recovery -- --lab kind');
  const program = startTyped(t, place, shortened(command, [...flags, `--out=${place.runs}`]));
  await untilSaid(program, 'control plane ready');
  const names = await labNames(place);
  t.true((await nodesOf(names)).length > 0, 'the nodes are containers');
  const { all, exitCode } = await program;
  t.is(exitCode, 0, all);
  const { results } = await readRun(path.join(place.runs, 'drift-recovery', 'latest'));
  t.like(results.lab, { provider: 'kind', podsAreSimulated: false, nodes: 1 });
  t.is(results.iterations.length, 4);
  for (const iteration of results.iterations) t.is(iteration.verdict, 'valid', JSON.stringify(iteration));
  for (const { engine: name, trials } of results.engines) {
    const components = trials.flatMap(({ usage }) => usage).map(({ component }) => component);
    const worker = name === 'flux' ? 'kustomize-controller' : 'argocd-application-controller';
    t.true(components.includes(worker), `${worker} is among ${components.join(', ')}`);
    t.true(existsSync(path.join(place.runs, 'drift-recovery', 'latest', 'logs', name, `${worker}.log`)));
  }
  t.deepEqual(await labNames(place), []);
  t.deepEqual(await nodesOf(names), []);
});

withNodes('a lab of real nodes comes up, is shown, and goes, as the page on labs says', async (t) => {
  t.timeout(10 * minutes);
  const place = await makePlace(t);
  const programs = [
    documented('npm run toolchain debian-base'),
    documented('npm run toolchain bounded-runc'),
  ];
  const lines = [...documentedLines('docs/labs.md', 'By hand'), ...programs];
  const { exitCode, all } = await startTyped(t, place, lines.join('\n'));
  t.is(exitCode, 0, all);
  t.regex(all, /^real: running since .*Flux/m);
  t.deepEqual(await labNames(place), []);
});

withNodes('a lab has as many nodes as it is asked for', async (t) => {
  t.timeout(10 * minutes);
  const place = await makePlace(t);
  const up = documented('npm run lab -- up real --lab kind --engine flux --nodes 3');
  const [, , down] = documentedLines('docs/labs.md', 'By hand');
  const started = await startTyped(t, place, up);
  t.is(started.exitCode, 0, started.all);
  t.is((await nodesOf(['real'])).length, 3);
  const ended = await startTyped(t, place, down ?? '');
  t.is(ended.exitCode, 0, ended.all);
  t.deepEqual(await nodesOf(['real']), []);
});

withNodes('two clusters of two nodes each follow their own folder', async (t) => {
  t.timeout(15 * minutes);
  const place = await makePlace(t);
  const { results, counted, reasons } = await makeRun(t, place, replicaChange, {
    command: documented('npm run scenario replica-change -- --lab kind --nodes 2'),
    words: ['--engine=flux'],
  });
  t.is(results.lab.nodes, 2);
  const made = counted.map(({ disturbance, verdict }) => [disturbance, verdict]);
  const expected = replicaChange.disturbances.map(({ name }) => [name, 'valid']);
  t.deepEqual(made.toSorted(), expected.toSorted(), reasons);
  for (const { figures } of counted) t.is(figures['changesElsewhere'], 0);
});

withNodes('a push is told to an engine that runs as pods', async (t) => {
  t.timeout(10 * minutes);
  const place = await makePlace(t);
  const { all, exitCode } = await startProgram(t, place, [
    'scenario',
    'webhook-versus-poll',
    '--lab=kind',
    '--engine=flux',
    '--only=commit-told',
    '--iterations=1',
    `--profile=${await patientProfile(place, 'warmups: 0\n')}`,
    `--out=${place.runs}`,
  ]);
  t.is(exitCode, 0, all);
  const { results } = await readRun(path.join(place.runs, 'webhook-versus-poll', 'latest'));
  const verdicts = results.iterations.map(({ disturbance, verdict }) => [disturbance, verdict]);
  t.deepEqual(verdicts, [['commit-told', 'valid']]);
});

withNodes('an interruption and a kill leave nothing that lab down does not remove', async (t) => {
  t.timeout(6 * minutes);
  const place = await makePlace(t);
  const interrupted = startProgram(t, place, runOf(place, '--engine=flux'));
  await untilSaid(interrupted, 'control plane ready');
  const names = await labNames(place);
  interrupted.kill('SIGINT');
  t.is((await interrupted).exitCode, 130);
  t.deepEqual(await nodesOf(names), []);

  const killed = startProgram(t, place, runOf(place, '--engine=flux'));
  await untilSaid(killed, 'control plane ready');
  const left = await labNames(place);
  killed.kill('SIGKILL');
  await killed;
  t.is((await nodesOf(left)).length, 1, 'the node outlives the program');
  const down = await startProgram(t, place, ['lab', 'down', '--all']);
  t.is(down.exitCode, 0, down.all);
  t.deepEqual(await nodesOf(left), []);
  t.deepEqual(await labNames(place), []);
});

test('without a container engine the kind lab says so at once, with what to install and what works without', async (t) => {
  t.timeout(minutes);
  const place = await makePlace(t);
  const programs = path.join(place.directory, 'programs');
  await mkdir(programs);
  const { stdout: git } = await execa('which', ['git']);
  await symlink(git, path.join(programs, 'git'));
  const words = runOf(place, '--engine=flux');
  const { exitCode, stdout, stderr } = await runCommand(t, words, place.directory, { PATH: programs });
  t.is(exitCode, 1, stdout);
  t.regex(stderr, /no container engine was found/);
  t.regex(stderr, /install Docker .* or Podman, or use --lab embedded/);
});
