import test from 'ava';
import { cp, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { readRun } from '../../reports/record/reader.ts';
import { documented } from '../documented/pages.ts';
import { shortened, startTyped } from '../documented/typing.ts';
import { makePlace, patientProfile } from '../support.ts';

const minutes = 60_000;
const examples = fileURLToPath(new URL('../../docs/examples/', import.meta.url));

const scenarios = [
  [
    'queue-outage',
    'queue-outage.ts',
    ['delete-worker', 'stop-workers', 'lift-limits'],
    documented('npm run scenario -- queue-outage --scenarios docs/examples'),
  ],
  [
    'guestbook',
    'guestbook.yaml',
    ['delete-store', 'remove-service'],
    documented(
      'npm run scenario -- guestbook --scenarios docs/examples --only delete-store,remove-service --iterations 3',
    ),
  ],
] as const;

for (const [name, file, only, command] of scenarios) {
  test.serial(`${file} runs from a directory of the user's, for both engines`, async (t) => {
    t.timeout(8 * minutes);
    const place = await makePlace(t);
    const own = await mkdtemp(path.join(tmpdir(), 'own scenarios '));
    t.teardown(async () => rm(own, { recursive: true, force: true }));
    await cp(path.join(examples, file), path.join(own, file));
    const flags = [
      '--iterations=1',
      '--seed=3',
      `--profile=${await patientProfile(place, 'warmups: 0\n')}`,
      `--out=${place.runs}`,
    ];
    const typed = shortened(command.replace('docs/examples', `'${own}'`), flags);
    const { all, exitCode } = await startTyped(t, place, typed);
    t.is(exitCode, 0, all);
    const { results } = await readRun(path.join(place.runs, name, 'latest'));
    t.is(results.status, 'complete');
    // An engine that looks every two seconds can be at work just when it is disturbed: such an iteration is made again.
    const counted = results.iterations.filter(({ verdict }) => verdict !== 'invalid');
    const reasons = results.iterations.map(({ reason }) => reason).join('; ');
    t.true(results.iterations.length <= 2 * counted.length, reasons);
    const made = counted.map(({ engine, disturbance }) => `${engine} ${disturbance}`);
    const asked = ['argocd', 'flux'].flatMap((engine) => only.map((one) => `${engine} ${one}`));
    t.deepEqual(made.toSorted(), asked.toSorted(), reasons);
    for (const { engine, disturbance, verdict, reason, timeToReadyMs } of counted) {
      t.is(verdict, 'valid', `${engine} ${disturbance}: ${reason}`);
      t.true((timeToReadyMs ?? 0) > 0);
    }
  });
}
