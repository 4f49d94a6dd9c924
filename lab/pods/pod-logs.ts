import { Log } from '@kubernetes/client-node';
import { createWriteStream } from 'node:fs';
import type { Clock } from '../../common/clock.ts';
import type { KubeAccess } from '../kube/kube-access.ts';
import { listAt, numberAt, textAt, valueAt, type LiveObject } from '../kube/objects.ts';
import { watchObjects } from '../kube/watch.ts';
import { logFileOf } from '../process/component.ts';
import { componentOf, podsOf } from './pods-of.ts';

interface PodLogsOptions {
  readonly access: KubeAccess;
  readonly namespace: string;
  /** Whether what was written before is wanted. */
  readonly since: 'start' | 'now';
  readonly logDirectory: string;
  readonly clock: Clock;
  readonly signal: AbortSignal;
}

/** The first container of a pod, and how often it was started; undefined where it does not run. */
function runningContainer(pod: LiveObject): { readonly name: string; readonly start: string } | undefined {
  const status = listAt(pod, 'status', 'containerStatuses')[0];
  if (valueAt(status, 'state', 'running') === undefined) return undefined;
  const start = `${pod.metadata.uid ?? ''}/${numberAt(status, 'restartCount')}`;
  return { name: textAt(status, 'name'), start };
}

/**
 * Follows the logs of a namespace's pods into files of the log directory, one for each component, until the signal. A log that
 * breaks off is no failure of a lab; where the API server was away, all of them are gone on with when it is back.
 */
export function followPodLogs({
  access,
  namespace,
  since,
  logDirectory,
  clock,
  signal,
}: PodLogsOptions): void {
  const log = new Log(access.config);
  const followed = new Set<string>();
  const open = new Set<AbortController>();
  const abortAll = (): void => {
    for (const one of open) one.abort();
  };
  // One listener for all: an engine of many pods, started again and again, has more logs than a signal takes listeners without a warning.
  signal.addEventListener('abort', abortAll, { once: true });
  /** What was written before it is there already; empty until the first break. */
  let brokenAt = '';
  const follow = async (pod: LiveObject): Promise<void> => {
    const container = runningContainer(pod);
    if (container === undefined || followed.has(container.start)) return;
    followed.add(container.start);
    const file = createWriteStream(logFileOf(logDirectory, componentOf(pod)), { flags: 'a', mode: 0o600 });
    file.on('error', () => undefined);
    const following = await log.log(namespace, pod.metadata.name, container.name, file, {
      follow: true,
      ...(brokenAt !== '' ? { sinceTime: brokenAt } : since === 'now' ? { tailLines: 0 } : {}),
    });
    open.add(following);
    file.on('close', () => open.delete(following));
    if (signal.aborted) following.abort();
  };
  const { listed } = watchObjects(
    { path: `/api/v1/namespaces/${namespace}/pods` },
    {
      access,
      clock,
      signal,
      onEvent: ({ type, object }) => {
        if (type !== 'DELETED') follow(object).catch(() => undefined);
      },
      onGap: () => {
        brokenAt = clock.wallTime().toISOString();
        abortAll();
        open.clear();
        followed.clear();
      },
      onListed: () => {
        const goOn = async (): Promise<void> => {
          const pods = await podsOf(access, namespace);
          await Promise.allSettled(pods.map(async (pod) => follow(pod)));
        };
        goOn().catch(() => undefined);
      },
    },
  );
  listed.catch(() => undefined);
}
