import { Watch } from '@kubernetes/client-node';
import { setTimeout as delay } from 'node:timers/promises';
import type { Clock } from '../../common/clock.ts';
import { messageOf } from '../../common/explained-error.ts';
import type { KubeAccess } from './kube-access.ts';
import type { LiveObject } from './objects.ts';
import { textAt, valueAt } from './objects.ts';

/** A change of one object, with the moment at which its event had arrived. */
export interface ObjectEvent {
  readonly type: 'ADDED' | 'MODIFIED' | 'DELETED';
  readonly object: LiveObject;
  /** On the given clock. */
  readonly atMs: number;
}

/** Which objects to watch: a REST path such as `/apis/apps/v1/namespaces/shop/deployments`. */
export interface WatchTarget {
  readonly path: string;
  readonly labelSelector?: string;
  readonly fieldSelector?: string;
}

interface WatchOptions {
  readonly access: KubeAccess;
  readonly clock: Clock;
  readonly signal: AbortSignal;
  readonly onEvent: (event: ObjectEvent) => void;
  /** Called once when a watch breaks off, so that events may be missed: the objects are listed again, and reported as changed. */
  readonly onGap: (path: string) => void;
  /** Called after that, when they were listed again. */
  readonly onListed?: (path: string) => void;
  /** What is kept of an object, to tell after a gap what has changed; all of it unless said otherwise. It needs uid and version. */
  readonly keep?: (object: LiveObject) => LiveObject;
}

/** A running watch. */
export interface RunningWatch {
  /** Settles when the first list has been reported; rejects with the abort reason where none will be. */
  readonly listed: Promise<void>;
}

const retryMs = 200;

class WatchExpired extends Error {}

async function listOnce({ path, ...selectors }: WatchTarget, { access }: WatchOptions) {
  const query = new URLSearchParams(selectors).toString();
  const answer = await access.get(query === '' ? path : `${path}?${query}`);
  return {
    resourceVersion: textAt(answer, 'metadata', 'resourceVersion'),
    items: (valueAt(answer, 'items') as LiveObject[]).map((item) => ({
      ...item,
      apiVersion: textAt(answer, 'apiVersion'),
      kind: textAt(answer, 'kind').replace(/List$/, ''),
    })),
  };
}

/** One watch request from `resourceVersion` until the server ends it; the version to go on from. */
async function watchOnce(
  target: WatchTarget,
  resourceVersion: string,
  options: WatchOptions,
): Promise<string> {
  const { access, clock, signal, onEvent } = options;
  const seen = { resourceVersion, isTooOld: false };
  let abort: () => void = () => undefined;
  const handle = (type: string, object: LiveObject, atMs: number): void => {
    if (type === 'ERROR') {
      seen.isTooOld = true;
      return;
    }
    seen.resourceVersion = object.metadata.resourceVersion ?? seen.resourceVersion;
    if (type === 'ADDED' || type === 'MODIFIED' || type === 'DELETED') onEvent({ type, object, atMs });
  };
  await new Promise<void>((resolve, reject) => {
    const query = { ...target, path: undefined, resourceVersion, allowWatchBookmarks: true };
    const onLine = (type: string, object: LiveObject): void => {
      const atMs = clock.nowMs();
      // The client swallows what is thrown in its callback; here it ends the program, as a mistake should.
      queueMicrotask(() => {
        handle(type, object, atMs);
      });
    };
    const onEnd = (error: unknown): void => {
      if (error === null || error === undefined || signal.aborted) resolve();
      else reject(error instanceof Error ? error : new Error(messageOf(error)));
    };
    new Watch(access.config).watch(target.path, query, onLine, onEnd).then((request) => {
      abort = () => {
        request.abort();
      };
      signal.addEventListener('abort', abort);
      if (signal.aborted) abort();
    }, reject);
  }).finally(() => {
    signal.removeEventListener('abort', abort);
  });
  if (seen.isTooOld) throw new WatchExpired();
  return seen.resourceVersion;
}

/** The events that tell the difference between what was known before a gap and what a list shows after it. */
function difference(
  known: ReadonlyMap<string, LiveObject>,
  items: readonly LiveObject[],
  atMs: number,
): ObjectEvent[] {
  const listed = new Set(items.map(({ metadata }) => metadata.uid ?? ''));
  const gone = [...known].filter(([uid]) => !listed.has(uid));
  const changed = items.filter(
    ({ metadata }) => known.get(metadata.uid ?? '')?.metadata.resourceVersion !== metadata.resourceVersion,
  );
  return [
    ...gone.map(([, object]) => ({ type: 'DELETED' as const, object, atMs })),
    ...changed.map((object) => ({
      type: known.has(object.metadata.uid ?? '') ? ('MODIFIED' as const) : ('ADDED' as const),
      object,
      atMs,
    })),
  ];
}

/**
 * Watches objects until the signal is aborted. Goes on by itself after the server's time-out, and lists
 * again after any error, which `onGap` is told. The clock is read first thing when an event arrives.
 */
export function watchObjects(target: WatchTarget, options: WatchOptions): RunningWatch {
  const { signal, clock, onEvent, onGap, keep = (object: LiveObject) => object } = options;
  const { onListed = () => undefined } = options;
  const hasEnded = (): boolean => signal.aborted;
  const known = new Map<string, LiveObject>();
  const remember = (event: ObjectEvent): void => {
    const uid = event.object.metadata.uid ?? '';
    if (event.type === 'DELETED') known.delete(uid);
    else known.set(uid, keep(event.object));
    onEvent(event);
  };
  let reportListed: () => void = () => undefined;
  const listed = new Promise<void>((resolve, reject) => {
    const onAbort = (): void => {
      reject(signal.reason instanceof Error ? signal.reason : new Error('interrupted'));
    };
    reportListed = () => {
      signal.removeEventListener('abort', onAbort);
      resolve();
    };
    if (signal.aborted) onAbort();
    else signal.addEventListener('abort', onAbort, { once: true });
  });
  // Who does not wait for the first list need not hear of the abort.
  listed.catch(() => undefined);

  const run = async (): Promise<void> => {
    let isBroken = false;
    while (!signal.aborted) {
      try {
        const { items, resourceVersion } = await listOnce(target, options);
        signal.throwIfAborted();
        difference(known, items, clock.nowMs()).forEach(remember);
        reportListed();
        if (isBroken) onListed(target.path);
        isBroken = false;
        let from = resourceVersion;
        for (;;) {
          from = await watchOnce(target, from, { ...options, onEvent: remember });
          signal.throwIfAborted();
        }
      } catch {
        // Whatever broke it, the next round lists again; a server that is away breaks each round, and that is one gap.
        const isNews = !isBroken && !hasEnded();
        isBroken = true;
        if (isNews) onGap(target.path);
        await delay(retryMs, undefined, { signal }).catch(() => undefined);
      }
    }
  };
  void run();
  return { listed };
}
