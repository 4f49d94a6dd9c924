import type { Clock } from '../../common/clock.ts';
import { estimateRemainingMs } from './estimate.ts';
import type { Recipe } from './install.ts';
import type { ToolPin } from './pin.ts';
import { kustomizePin } from './client-pins.ts';
import type { ToolchainProgress, ToolStep } from './progress.ts';

const tickMs = 1000;

/** Where nothing is known of the line, this much is assumed of it. */
const assumedMegabytesPerSecond = 5;

/** A tool to make, by one recipe or another. */
export interface Job {
  readonly pin: ToolPin;
  readonly recipe: Recipe;
}

interface Work {
  readonly kind: 'download' | 'build';
  readonly expectedMs: number;
}

function expectationOf({ pin, recipe }: Job): Work {
  if (pin.debian !== undefined) return { kind: 'build', expectedMs: pin.debian.seconds * 1000 };
  if (recipe.origin !== 'go' || pin.go === undefined) {
    return {
      kind: 'download',
      expectedMs: ((pin.official?.megabytes ?? 0) / assumedMegabytesPerSecond) * 1000,
    };
  }
  const alsoBuilt = pin.go.embedsFluxManifests === true ? kustomizePin.seconds : 0;
  return { kind: 'build', expectedMs: (pin.go.seconds + alsoBuilt) * 1000 };
}

/** Tells the progress of making tools one after the other, with an estimate of what is left. */
export interface Tracker {
  /** The jobs that are still to be done, in their order; called again where a plan changes. */
  readonly plan: (jobs: readonly Job[]) => void;
  /** Does the next job; `show` is for what is being done in it. */
  readonly run: <Result>(
    job: Job,
    work: (show: (detail: string, fraction?: number) => void) => Promise<Result>,
  ) => Promise<Result>;
}

/** Starts to tell `progress`: the start and end of each job, and once a second what is being done. */
export function startTracker(progress: ToolchainProgress, clock: Clock): Tracker {
  const startMs = clock.nowMs();
  const finished: (Work & { tookMs: number })[] = [];
  let waiting: readonly Job[] = [];

  return {
    plan: (jobs) => {
      waiting = jobs;
    },
    run: async (job, work) => {
      waiting = waiting.filter((other) => other !== job);
      const expectation = expectationOf(job);
      const jobStartMs = clock.nowMs();
      const [position, total] = [finished.length + 1, finished.length + 1 + waiting.length];
      let detail = 'starting';
      let fraction: number | undefined;
      const step = (): ToolStep => {
        const current = { ...expectation, elapsedMs: clock.nowMs() - jobStartMs, fraction };
        const remainingMs = estimateRemainingMs(finished, current, waiting.map(expectationOf));
        const { version, origin } = job.recipe;
        return {
          tool: job.pin.name,
          version,
          origin,
          position,
          total,
          elapsedMs: clock.nowMs() - startMs,
          remainingMs,
        };
      };
      progress.started(step());
      const timer = setInterval(() => {
        progress.advanced(step(), detail);
      }, tickMs);
      try {
        const result = await work((newDetail, newFraction) => {
          [detail, fraction] = [newDetail, newFraction];
        });
        const tookMs = clock.nowMs() - jobStartMs;
        finished.push({ ...expectation, tookMs });
        progress.finished(step(), tookMs);
        return result;
      } finally {
        clearInterval(timer);
      }
    },
  };
}
