import test from 'ava';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { readRun } from '../reports/record/reader.ts';
import type { Iteration } from '../reports/record/schema.ts';
import { notification } from '../scenarios/notification.ts';
import { judgeHistory } from '../scenarios/runner/judge.ts';
import { filesBelow, leftProcesses, makePlace, patientProfile, startProgram } from './support.ts';

const minutes = 60_000;

/** What has to come out with both engines, whatever the machine. */
const expected: Readonly<Record<string, Iteration['figures']>> = {
  'good-rollout': { noticesLost: 0, noticesGivenUp: 0, noticesRepeated: 0, noticesWrong: 0 },
  'failed-rollout': { noticesLost: 0, noticesGivenUp: 0, noticesWrong: 0 },
  'receiver-down-5s': { noticesLost: 0, noticesGivenUp: 0, noticesRepeated: 0 },
  // Flux tries for 15 s and Argo CD for 7, and then neither does again.
  'receiver-down-30s': { noticesLost: 1, noticesDelivered: 0, noticeAfterReturnMs: null },
};

test.serial('notification: both engines notify, and what is lost while nobody listens is told', async (t) => {
  t.timeout(20 * minutes);
  const place = await makePlace(t);
  const { all, exitCode } = await startProgram(t, place, [
    'scenario',
    'notification',
    '--iterations=1',
    '--seed=5',
    `--profile=${await patientProfile(place, 'warmups: 0\nflux:\n  timeout: 6s\n')}`,
    `--out=${place.runs}`,
  ]);
  t.is(exitCode, 0, all);
  const { results, history, directory } = await readRun(path.join(place.runs, 'notification', 'latest'));
  t.is(results.status, 'complete');
  // An engine that looks every two seconds can be at work just when it is disturbed: such an iteration is made again.
  const counted = results.iterations.filter(({ verdict }) => verdict !== 'invalid');
  const reasons = results.iterations.map(({ reason }) => reason).join('; ');
  t.is(counted.length, 2 * notification.disturbances.length, reasons);
  for (const { engine, disturbance, verdict, reason, figures } of counted) {
    t.is(verdict, 'valid', `${engine} ${disturbance}: ${reason}`);
    t.like(figures, expected[disturbance] ?? { unknown: 1 }, `${engine} ${disturbance}`);
    t.true((figures['noticesSent'] ?? 0) > 0);
    const wasTold = figures['noticesLost'] === 0;
    t.is(figures['timeToNoticeMs'] !== null, wasTold);
    t.is((figures['noticesGivenUp'] ?? 0) > 0, !wasTold, 'the engine says so itself');
    if (disturbance === 'receiver-down-5s') t.true((figures['noticeAfterReturnMs'] ?? 0) > 0);
  }
  const byPlace = (a: { engine: string; index: number }, b: { engine: string; index: number }) =>
    a.engine.localeCompare(b.engine) || a.index - b.index;
  const judged = judgeHistory(history, notification, results.plan);
  t.deepEqual(judged.toSorted(byPlace), results.iterations.toSorted(byPlace));
  const report = await readFile(path.join(directory, 'report.md'), 'utf8');
  t.regex(
    report,
    /gets a notification through when .* up to 30 s after that \| no \(n = 1\) \| no \(n = 1\)/,
  );
  t.deepEqual(await leftProcesses(place), [], 'nothing goes on running');
  const texts = [...(await filesBelow(place.runs)).values()].join('\n');
  t.regex(texts, /dispatching event/, 'the logs are kept');
});
