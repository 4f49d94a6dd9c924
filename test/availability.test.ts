import test from 'ava';
import { readdir } from 'node:fs/promises';
import path from 'node:path';
import { readRun } from '../reports/record/reader.ts';
import { availability } from '../scenarios/availability.ts';
import { judgeHistory } from '../scenarios/runner/judge.ts';
import { withNodes } from './nodes.ts';
import { runCommand } from './run-command.ts';
import { labNames, leftProcesses, makePlace, patientProfile, startProgram } from './support.ts';

const minutes = 60_000;

withNodes('clients notice that a Service was deleted, and are served again', async (t) => {
  t.timeout(20 * minutes);
  const place = await makePlace(t);
  const { all, exitCode } = await startProgram(t, place, [
    'scenario',
    'availability',
    '--lab=kind',
    '--engine=flux',
    '--only=delete-service,release',
    '--iterations=1',
    '--seed=5',
    `--profile=${await patientProfile(place, 'warmups: 0\n')}`,
    `--out=${place.runs}`,
  ]);
  t.is(exitCode, 0, all);
  const { results, history, directory } = await readRun(path.join(place.runs, 'availability', 'latest'));
  const counted = results.iterations.filter(({ verdict }) => verdict === 'valid');
  t.is(counted.length, 2, results.iterations.map(({ reason }) => reason).join('; '));
  for (const { figures } of counted) t.true((figures['requestsSent'] ?? 0) > 0);
  const deleted = counted.find(({ disturbance }) => disturbance === 'delete-service');
  t.true((deleted?.figures['requestsFailed'] ?? 0) > 0, 'nobody is served without the Service');
  t.true((deleted?.figures['longestRequestGapMs'] ?? 0) > 0);
  const kept = await readdir(path.join(directory, 'requests', 'flux'));
  t.deepEqual(
    counted.map(({ index }) => `${index}.jsonl.gz`).filter((file) => !kept.includes(file)),
    [],
    'what k6 wrote of each is kept',
  );
  t.deepEqual(judgeHistory(history, availability, results.plan), results.iterations);
  t.deepEqual(await leftProcesses(place), [], 'nothing goes on running');
  t.deepEqual(await labNames(place), []);
});

test('where pods are simulated it says so before anything starts, and names the labs that have real ones', async (t) => {
  const place = await makePlace(t);
  const { exitCode, stderr } = await runCommand(t, ['scenario', 'availability'], place.directory);
  t.is(exitCode, 2);
  t.regex(stderr, /availability can't be run in the embedded lab/);
  t.regex(stderr, /its pods are simulated, and no container runs in them; --lab kind or .+ can/);
});
