import { setTimeout as delay } from 'node:timers/promises';
import { formatDuration } from '../../common/duration.ts';
import type { KubeAccess } from '../kube/kube-access.ts';
import type { BrokenComponent } from '../lab.ts';
import type { ChosenContext } from './contexts.ts';
import { explainConnection } from './connection.ts';

interface WatchOptions {
  readonly everyMs: number;
  /** After so long without an answer the cluster is taken to be lost; one API server that restarts is back sooner. */
  readonly lostAfterMs: number;
}

const usual: WatchOptions = { everyMs: 2000, lostAfterMs: 20_000 };

/** Asks a cluster now and then whether it is there; settles when it has not answered for a while, or lets the user in no more, and never once `ending` is aborted. */
export async function watchCluster(
  context: Pick<ChosenContext, 'name' | 'server'>,
  { get }: Pick<KubeAccess, 'get'>,
  ending: AbortSignal,
  { everyMs, lostAfterMs }: WatchOptions = usual,
): Promise<BrokenComponent> {
  const isOver = (): boolean => ending.aborted;
  let answeredAtMs = performance.now();
  while (!isOver()) {
    try {
      await get('/apis/authorization.k8s.io/v1');
      answeredAtMs = performance.now();
    } catch (error) {
      const silentMs = performance.now() - answeredAtMs;
      if (silentMs > lostAfterMs && !isOver()) {
        const { why } = explainConnection(context, error);
        return {
          name: `the cluster of the context "${context.name}"`,
          how: `it has not answered for ${formatDuration(silentMs)}: ${why ?? ''}`,
        };
      }
    }
    await delay(everyMs, undefined, { signal: ending }).catch(() => undefined);
  }
  return new Promise(() => undefined);
}
