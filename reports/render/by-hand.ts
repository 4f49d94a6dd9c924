import { medianSorted } from 'simple-statistics';
import { formatDuration } from '../../common/duration.ts';
import type { Results } from '../record/schema.ts';
import { judgedIterations } from './arm.ts';
import { isByHand } from './names.ts';

/** What people have to do after a disturbance where no engine does it; medians over the iterations that count. */
export interface WorkByHand {
  readonly disturbance: string;
  readonly commands: number;
  readonly decisions: number;
  /** At the stated pace, the wait for the commands included. */
  readonly timeMs: number;
}

/** The names under which a scenario measures it, among its figures. */
const figureNames = { commands: 'steps', decisions: 'decisions', timeMs: 'timeAtHumanPaceMs' } as const;

/** The work that a run has people do, one for each disturbance; nothing where it measures none. */
export function workByHand(results: Results): WorkByHand[] {
  const own = judgedIterations(results).filter(({ engine }) => isByHand(engine));
  return results.scenario.disturbances.flatMap(({ name: disturbance }) => {
    const median = (figure: string): number | undefined => {
      const values = own
        .filter((one) => one.disturbance === disturbance)
        .map(({ figures }) => figures[figure] ?? null)
        .filter((value) => value !== null);
      return values.length === 0 ? undefined : medianSorted(values.toSorted((left, right) => left - right));
    };
    const [commands, decisions, timeMs] = [
      median(figureNames.commands),
      median(figureNames.decisions),
      median(figureNames.timeMs),
    ];
    return commands === undefined || decisions === undefined || timeMs === undefined
      ? []
      : [{ disturbance, commands, decisions, timeMs }];
  });
}

function range(values: readonly number[], say: (value: number) => string): string {
  const [least, most] = [say(Math.min(...values)), say(Math.max(...values))];
  return least === most ? least : `${least} to ${most}`;
}

/** All of the work in one sentence; none where there is no such work. */
export function workSentence(work: readonly WorkByHand[]): string[] {
  if (work.length === 0) return [];
  const commands = range(
    work.map((one) => one.commands),
    String,
  );
  const decisions = range(
    work.map((one) => one.decisions),
    String,
  );
  const time = range(
    work.map(({ timeMs }) => timeMs),
    formatDuration,
  );
  return [
    `By hand a recovery takes ${commands} commands and ${decisions} ${decisions === '1' ? 'decision' : 'decisions'}, ` +
      `and ${time} at human pace, from when someone is at the keyboard.`,
  ];
}
