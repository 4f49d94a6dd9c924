import test from 'ava';
import { readdir } from 'node:fs/promises';
import path from 'node:path';
import { availability } from '../../scenarios/availability.ts';
import { documented } from '../documented/pages.ts';
import { withNodes } from './nodes.ts';
import { runCommand } from '../run-command.ts';
import { makeRun } from './make-run.ts';
import { labNames, leftProcesses, makePlace } from '../support.ts';

const minutes = 60_000;

withNodes('clients notice that a Service was deleted, and are served again', async (t) => {
  t.timeout(20 * minutes);
  const place = await makePlace(t);
  const { directory, counted, reasons } = await makeRun(t, place, availability, {
    command: documented('npm run scenario availability -- --lab kind'),
    words: ['--engine=flux', '--only=delete-service,release'],
  });
  t.is(counted.length, 2, reasons);
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
