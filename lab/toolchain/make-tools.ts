import type { Clock } from '../../common/clock.ts';
import { buildPreparation } from './building/prepare-builds.ts';
import { install } from './install.ts';
import type { Installed } from './installed.ts';
import { OfficialUnavailable } from './official/unavailable.ts';
import type { GoPin } from './pin.ts';
import { pins } from './pins.ts';
import type { ToolchainProgress } from './progress.ts';
import { recipeOf, requireGoBuilds, type SourcedSet } from './sources.ts';
import type { ToolName } from './tool.ts';
import { startTracker, type Job, type Tracker } from './tracker.ts';
import type { WorkContext } from './work-context.ts';

function jobsOf(set: SourcedSet, context: WorkContext): Job[] {
  return set.wanted.flatMap((name) => {
    const recipe = set.cached.has(name) ? undefined : recipeOf(name, set.kind, context);
    return recipe === undefined ? [] : [{ pin: pins[name], recipe }];
  });
}

const goPinsOf = (jobs: readonly Job[]): GoPin[] =>
  jobs.flatMap(({ recipe, pin }) => (recipe.origin === 'go' && pin.go !== undefined ? [pin.go] : []));

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
  const prepareBuilds = buildPreparation(context);
  await prepareBuilds(queue.flatMap(({ jobs }) => goPinsOf(jobs)));
  for (let next = queue.shift(); next !== undefined; next = queue.shift()) {
    const { set, jobs } = next;
    tracker.plan([next, ...queue].flatMap((entry) => entry.jobs));
    try {
      for (const [name, installed] of await makeSet(set, jobs, tracker, context)) all.set(name, installed);
    } catch (error) {
      if (!(error instanceof OfficialUnavailable)) throw error;
      requireGoBuilds(set.wanted, error.message);
      context.say(`${error.message}; building with Go instead: ${set.wanted.join(', ')}`);
      const fallback: SourcedSet = { ...set, kind: 'go', cached: new Map() };
      const fallbackJobs = jobsOf(fallback, context);
      await prepareBuilds(goPinsOf(fallbackJobs));
      queue.unshift({ set: fallback, jobs: fallbackJobs });
    }
  }
  return all;
}
