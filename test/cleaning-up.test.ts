import test from 'ava';
import { waitUntil } from '../common/wait.ts';
import path from 'node:path';
import { readRun } from '../reports/record/reader.ts';
import { labNames, leftProcesses, makePlace, startProgram, untilSaid, type TestPlace } from './support.ts';

const minutes = 60_000;

function runOf(place: TestPlace): string[] {
  return [
    'scenario',
    'drift-recovery',
    '--engine=argocd',
    '--only=delete-configmap',
    '--iterations=50',
    `--out=${place.runs}`,
  ];
}

async function untilNothingRuns(place: TestPlace): Promise<void> {
  await waitUntil(async () => ((await leftProcesses(place)).length === 0 ? true : undefined), {
    goal: 'every process of the lab to be gone',
    timeoutMs: 10_000,
    signal: new AbortController().signal,
  });
}

test.serial('a kill of the harness leaves no process, and lab down removes the rest', async (t) => {
  t.timeout(4 * minutes);
  if (process.platform !== 'linux') {
    t.pass('only Linux ends the children of a killed process');
    return;
  }
  const place = await makePlace(t);
  const program = startProgram(t, place, runOf(place));
  await untilSaid(program, 'engine installed');
  const running = await leftProcesses(place);
  t.true(running.length >= 8, `the lab runs: ${running.map(({ name }) => name).join(', ')}`);
  program.kill('SIGKILL');
  await program;
  await untilNothingRuns(place);
  t.is((await labNames(place)).length, 1, 'its directory is left');
  const down = await startProgram(t, place, ['lab', 'down', '--all']);
  t.is(down.exitCode, 0, down.all);
  t.deepEqual(await labNames(place), []);
});

test.serial('an interruption unwinds, keeps what was measured, and exits with 130', async (t) => {
  t.timeout(4 * minutes);
  const place = await makePlace(t);
  const program = startProgram(t, place, runOf(place));
  await untilSaid(program, 'delete-configmap');
  program.kill('SIGINT');
  const { exitCode, all } = await program;
  t.is(exitCode, 130, all);
  const { results } = await readRun(path.join(place.runs, 'drift-recovery', 'latest'));
  t.is(results.status, 'interrupted');
  t.true(results.iterations.length >= 1);
  t.deepEqual(await labNames(place), []);
});
