import { readFileSync } from 'node:fs';
import { setTimeout as delay } from 'node:timers/promises';
import type { Clock } from '../../common/clock.ts';
import { openCluster } from '../../lab/kube/kube-access.ts';
import { watchObjects } from '../../lab/kube/watch.ts';
import { randomness } from '../runner/plan.ts';
import { target, targetCollection, targetObject } from './conditions.ts';
import { machineNowMs } from './machine-clock.ts';
import { ReferenceOptions } from './reference-options.ts';
import { sendTimed } from './timed-request.ts';
import { writeTruth } from './truth.ts';

/**
 * A process of its own: restores the target whenever it is deleted, after a delay that it draws, and writes down when it
 * did what. It shares nothing with the harness but the machine's clock.
 */
const options = ReferenceOptions.parse(JSON.parse(process.argv[2] ?? ''));
const { truthFile, seed, delayMinMs, delayMaxMs } = options;
const access = openCluster(readFileSync(options.kubeconfigFile, 'utf8'));
const random = randomness(seed, 'delays of the reference');
const clock: Clock = { nowMs: machineNowMs, wallTime: () => new Date() };

let onAdded: (atMs: number) => void = () => undefined;

async function restore(uid: string, toldAtMs: number): Promise<void> {
  const delayMs = delayMinMs + random() * (delayMaxMs - delayMinMs);
  await delay(delayMs);
  const seen = new Promise<number>((resolve) => (onAdded = resolve));
  const exchange = await sendTimed(access, {
    method: 'POST',
    path: targetCollection,
    body: targetObject,
    nowMs: machineNowMs,
  });
  writeTruth(truthFile, { type: 'restoration', uid, toldAtMs, delayMs, ...exchange, seenAtMs: await seen });
}

await watchObjects(
  { path: targetCollection, fieldSelector: `metadata.name=${target.name}` },
  {
    access,
    clock,
    signal: new AbortController().signal,
    onEvent: ({ type, object, atMs }) => {
      if (type === 'ADDED') onAdded(atMs);
      if (type === 'DELETED') void restore(object.metadata.uid ?? '', atMs);
    },
    onGap: () => {
      process.stderr.write('the watch broke off\n');
    },
  },
).listed;
writeTruth(truthFile, { type: 'ready', seed, delayMinMs, delayMaxMs });
