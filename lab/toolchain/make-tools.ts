import { statfs } from 'node:fs/promises';
import path from 'node:path';
import type { Clock } from '../../common/clock.ts';
import { moduleFolders } from './building/go-command.ts';
import { findGo } from './building/go-program.ts';
import { install } from './install.ts';
import type { Installed } from './installed.ts';
import { OfficialUnavailable } from './official/unavailable.ts';
import { pins } from './pins.ts';
import type { ToolchainProgress } from './progress.ts';
import { recipeOf, type SourcedSet } from './sources.ts';
import type { ToolName } from './tool.ts';
import { startTracker, type Job, type Tracker } from './tracker.ts';
import type { WorkContext } from './work-context.ts';

/** What Go builds of all tools leave in the module and build caches, measured with empty ones. */
export const goBuildsNeedBytes = 6e9;

function jobsOf(set: SourcedSet, context: WorkContext): Job[] {
  return set.wanted.flatMap((name) => {
    const recipe = set.cached.has(name) ? undefined : recipeOf(name, set.kind, context);
    return recipe === undefined ? [] : [{ pin: pins[name], recipe }];
  });
}

/** Fails before the first build where Go is missing, and warns where the disk may become full. */
async function prepareForBuilds(jobs: readonly Job[], context: WorkContext): Promise<void> {
  const first = jobs.find(({ recipe }) => recipe.origin === 'go');
  if (first === undefined) return;
  const go = await findGo(context.environment, path.join(moduleFolders, first.pin.go.folder), context.signal);
  const { bavail, bsize } = await statfs(context.cache.root);
  const freeBytes = bavail * bsize;
  const freeText = `${(freeBytes / 1e9).toFixed(1)} GB free`;
  const isTight = freeBytes < goBuildsNeedBytes;
  context.say(
    `building with ${go.version}; Go's caches (${go.buildCache}, ${go.moduleCache}) grow by up to ` +
      `${goBuildsNeedBytes / 1e9} GB, ${freeText}${isTight ? ', which may not be enough' : ''}`,
  );
}

async function makeSet(
  set: SourcedSet,
  jobs: readonly Job[],
  tracker: Tracker,
  context: WorkContext,
): Promise<Map<ToolName, Installed>> {
  const made = new Map(set.cached);
  for (const job of jobs) {
    const installed = await tracker.run(job, async (show) => await install(job.recipe, { ...context, show }));
    made.set(job.pin.name, installed);
  }
  return made;
}

/**
 * Makes all tools of the sets that are not in the cache, one after the other, with progress. Where a publisher does
 * not serve what its host should have, that is said, and the whole set is built with Go.
 */
export async function makeTools(
  sets: readonly SourcedSet[],
  context: WorkContext,
  progress: ToolchainProgress,
  clock: Clock,
): Promise<Map<ToolName, Installed>> {
  const tracker = startTracker(progress, clock);
  const all = new Map<ToolName, Installed>();
  const queue = sets.map((set) => ({ set, jobs: jobsOf(set, context) }));
  await prepareForBuilds(
    queue.flatMap(({ jobs }) => jobs),
    context,
  );
  for (let next = queue.shift(); next !== undefined; next = queue.shift()) {
    const { set, jobs } = next;
    tracker.plan([next, ...queue].flatMap((entry) => entry.jobs));
    try {
      for (const [name, installed] of await makeSet(set, jobs, tracker, context)) all.set(name, installed);
    } catch (error) {
      if (!(error instanceof OfficialUnavailable)) throw error;
      context.say(`${error.message}; building with Go instead: ${set.wanted.join(', ')}`);
      const fallback: SourcedSet = { ...set, kind: 'go', cached: new Map() };
      const fallbackJobs = jobsOf(fallback, context);
      await prepareForBuilds(fallbackJobs, context);
      queue.unshift({ set: fallback, jobs: fallbackJobs });
    }
  }
  return all;
}
