import { startClock } from '../../common/clock.ts';
import type { RunProgress } from '../../scenarios/runner/progress.ts';
import { draw, pointOf } from './draw.ts';
import type { Ending, Point } from './drawing.ts';
import { Feed } from './feed.ts';
import { livePage } from './page.ts';
import { startViewServer } from './server.ts';
import { firstState, nextState, type RunSubject, type ViewState } from './view-state.ts';

/** A page that shows runs while they go on. */
export interface LiveView {
  /** Where it is. */
  readonly url: string;
  /** A run begins, in the place of the one before; `part` tells which of several it is. */
  readonly begin: (subject: RunSubject, part?: string) => void;
  readonly run: RunProgress;
  /** The run has ended. */
  readonly end: (ending: Ending) => void;
  /** Shows what there was last as the end, and ends all connections. */
  readonly close: () => Promise<void>;
}

const nothing: RunSubject = { scenario: 'gitops-lab', lab: '', profile: '', engines: [], disturbances: [] };

/** Serves the page at an address of this machine alone. Throws an explained error where it can't. */
export async function openLiveView(): Promise<LiveView> {
  const clock = startClock();
  let state = firstState(nothing);
  let run = 0;
  let points: Point[] = [];
  const feed = new Feed(() => ({ drawing: draw(state, clock.nowMs()), run, points }));
  const server = await startViewServer(await livePage(), feed);
  const become = (next: ViewState): void => {
    if (next === state) return;
    state = next;
    feed.touch();
  };
  return {
    url: server.url,
    begin: (subject, part) => {
      run += 1;
      points = [];
      become(firstState(subject, part));
    },
    run: (event) => {
      if (event.type === 'iteration') points.push(pointOf(event.iteration));
      become(nextState(state, event, clock.nowMs()));
    },
    end: (ending) => {
      become({ ...state, ending });
    },
    close: server.stop,
  };
}
