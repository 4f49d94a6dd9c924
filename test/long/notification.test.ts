import test from 'ava';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import type { Iteration } from '../../reports/record/schema.ts';
import { notification } from '../../scenarios/notification.ts';
import { documented } from '../documented/pages.ts';
import { makeRun } from './make-run.ts';
import { filesBelow, leftProcesses, makePlace } from '../support.ts';

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
  const { directory, counted, reasons } = await makeRun(t, place, notification, {
    command: documented('npm run scenario notification'),
    profile: 'flux:\n  timeout: 6s\n',
  });
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
  const report = await readFile(path.join(directory, 'report.md'), 'utf8');
  t.regex(
    report,
    /gets a notification through when .* up to 30 s after that \| no \(n = 1\) \| no \(n = 1\)/,
  );
  t.deepEqual(await leftProcesses(place), [], 'nothing goes on running');
  const texts = [...(await filesBelow(place.runs)).values()].join('\n');
  t.regex(texts, /dispatching event/, 'the logs are kept');
});
