import { readFileSync } from 'node:fs';
import { messageOf } from '../../common/explained-error.ts';
import { openCluster } from '../../lab/kube/kube-access.ts';
import { backgroundName, targetCollection } from './conditions.ts';
import { ChangesOptions } from './reference-options.ts';
import { sendTimed } from './timed-request.ts';

/** More than this many at once would pile up where the API server is slower than the changes. */
const maxUnanswered = 16;

/** A process of its own: changes the background objects in turns, at an even pace, until it is ended. */
const { kubeconfigFile, objects, everyMs } = ChangesOptions.parse(JSON.parse(process.argv[2] ?? ''));
const access = openCluster(readFileSync(kubeconfigFile, 'utf8'));
const startMs = performance.now();
let sent = 0;
let unanswered = 0;

async function change(number: number, round: number): Promise<void> {
  unanswered += 1;
  try {
    await sendTimed(access, {
      method: 'PATCH',
      path: `${targetCollection}/${backgroundName(number)}`,
      body: { metadata: { annotations: { round: String(round) } } },
      nowMs: () => performance.now(),
    });
  } catch (error) {
    process.stderr.write(`${messageOf(error)}\n`);
  } finally {
    unanswered -= 1;
  }
}

setInterval(() => {
  const due = Math.floor(((performance.now() - startMs) / everyMs) * objects);
  for (; sent < due && unanswered < maxUnanswered; sent += 1) {
    void change((sent % objects) + 1, Math.floor(sent / objects) + 1);
  }
  // What could not be sent in time is left out, so that the pace never exceeds the stated one.
  sent = due;
}, 2);
