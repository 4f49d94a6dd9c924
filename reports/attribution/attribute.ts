import type { RecordedRun } from '../record/reader.ts';
import type { Iteration } from '../record/schema.ts';
import { factsOf } from './entries.ts';
import { clockEras } from './machine-clock.ts';
import { timelineOf, type Timeline } from './timeline.ts';
import { readTrialLogs } from './trial-logs.ts';

/**
 * The timeline of an iteration: its facts, and the lines that the engine's components logged meanwhile, or with
 * `isEverything` those of all components of its lab. Reads only the parts of the logs that it takes. Throws an explained
 * error where they can't be read.
 */
export async function attribute(
  { directory, history }: RecordedRun,
  iteration: Iteration,
  isEverything = false,
): Promise<Timeline> {
  const known = factsOf(iteration, history);
  if (known === undefined) {
    const notices = ['The history holds nothing of this iteration.'];
    return { iteration, entries: [], gaps: [], longest: undefined, notices };
  }
  const { window } = known;
  const eras = clockEras(history, iteration);
  const lines = await readTrialLogs({ directory, of: iteration, window, eras, isEverything });
  return timelineOf(iteration, known, lines);
}
