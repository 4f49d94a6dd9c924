// What the server of the live view tells its page. Nothing is imported, for the page's program is of a browser.

/** A run as the page draws it: all but the points, which only grow. Moments are on the clock of the view, in milliseconds. */
export interface Drawing {
  readonly scenario: string;
  readonly lab: string;
  readonly profile: string;
  /** Such as `part 2 of 5`; empty where the run is none of several. */
  readonly part: string;
  /** What is being done that is of no lab. */
  readonly step: string;
  /** Now. */
  readonly sentMs: number;
  readonly disturbances: readonly string[];
  readonly engines: readonly EngineDrawing[];
  readonly ending: Ending | null;
}

/** How a run has ended. */
export interface Ending {
  /** Such as `complete`. */
  readonly status: string;
  /** Empty where the run is complete. */
  readonly reason: string;
  readonly headline: string;
  /** Where the report lies; empty where there is none. */
  readonly report: string;
}

/** One engine's side of the page. */
export interface EngineDrawing {
  readonly name: string;
  readonly title: string;
  readonly colour: string;
  readonly labs: readonly LabDrawing[];
}

/** One of an engine's labs. */
export interface LabDrawing {
  /** Tells it from every other. */
  readonly key: string;
  /** Such as `lab 2`; empty where the engine has one alone. */
  readonly title: string;
  readonly activity: string;
  readonly done: number;
  /** 0 until the first iteration has ended. */
  readonly total: number;
  /** Such as `about 20 s left`; empty before the first iteration. */
  readonly left: string;
  readonly running: RunningDrawing | null;
  readonly timeline: TimelineDrawing | null;
  readonly last: LastDrawing | null;
}

/** The iteration that goes on. */
export interface RunningDrawing {
  readonly title: string;
  /** Where it stands, in a few words. */
  readonly stand: string;
  /** When it was disturbed; null before. */
  readonly zeroMs: number | null;
  /** When watching ended; null before. */
  readonly endMs: number | null;
}

/** What happened in the iteration that was disturbed last. */
export interface TimelineDrawing {
  readonly title: string;
  /** How many entries came before those that are shown. */
  readonly leftOut: number;
  readonly entries: readonly EntryDrawing[];
}

export interface EntryDrawing {
  /** Such as `+0.123 s`. */
  readonly offset: string;
  readonly source: string;
  readonly text: string;
  readonly isWarning: boolean;
}

/** The iteration that ended last. */
export interface LastDrawing {
  readonly title: string;
  readonly verdict: Verdict;
  /** Times, and the reason where it does not count or was given up. */
  readonly words: string;
}

export type Verdict = 'valid' | 'invalid' | 'censored';

/** A finished iteration in the charts. */
export interface Point {
  readonly engine: string;
  readonly disturbance: string;
  readonly verdict: Verdict;
  readonly isWarmUp: boolean;
  /** Until it was restored; of a censored one, for how long it was watched; null where it was not restored. */
  readonly valueMs: number | null;
  /** The same for people, such as `more than 5 min 0 s`; empty where there is none. */
  readonly value: string;
  /** All of it in words. */
  readonly words: string;
}

/** One message to the page. */
export interface Message {
  readonly drawing: Drawing;
  /** Points of another run are of no use any more. */
  readonly run: number;
  /** How many points came before these. */
  readonly from: number;
  readonly points: readonly Point[];
}
