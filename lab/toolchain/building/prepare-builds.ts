import path from 'node:path';
import { freeBytesAt, goBuildsNeedBytes } from '../free-space.ts';
import type { GoPin } from '../pin.ts';
import type { WorkContext } from '../work-context.ts';
import { moduleFolders } from './go-command.ts';
import { findGo, type GoProgramFound } from './go-program.ts';

const gigabytes = (bytes: number): string => `${(bytes / 1e9).toFixed(1)} GB`;

/** One line on the Go that builds, and on the room that its caches have. */
export function describeBuilds(go: GoProgramFound, freeBytes: number | undefined): string {
  const caches = `building with ${go.version}; its caches (${go.buildCache}, ${go.moduleCache})`;
  const growth = `${caches} can grow by ${gigabytes(goBuildsNeedBytes)} in all`;
  if (freeBytes === undefined) return growth;
  const warning = freeBytes < goBuildsNeedBytes ? ', which may not be enough' : '';
  return `${growth}, and ${gigabytes(freeBytes)} are free${warning}`;
}

/**
 * Fails before the first build where Go is missing or too old, and says once what builds will take. Returns a function
 * that is called with what Go is to build, and does nothing after its first time.
 */
export function buildPreparation(context: WorkContext): (goPins: readonly GoPin[]) => Promise<void> {
  let isPrepared = false;
  return async ([first]) => {
    if (isPrepared || first === undefined) return;
    const go = await findGo(context.environment, path.join(moduleFolders, first.folder), context.signal);
    const free = await Promise.all([context.cache.root, go.buildCache, go.moduleCache].map(freeBytesAt));
    const known = free.filter((bytes) => bytes !== undefined);
    context.say(describeBuilds(go, known.length === 0 ? undefined : Math.min(...known)));
    isPrepared = true;
  };
}
