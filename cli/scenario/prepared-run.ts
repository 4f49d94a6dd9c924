import type { RecordedRun } from '../../reports/record/reader.ts';
import type { Results } from '../../reports/record/schema.ts';
import type { RunSurroundings } from '../../scenarios/runner/run-scenario.ts';
import type { RunSubject } from '../view/view-state.ts';
import type { ScenarioFlags } from './flags.ts';

/** A run that was asked for, checked, and can be made. */
export interface PreparedRun {
  readonly outputRoot: string;
  readonly seed: number;
  /** The interrupted run that is gone on with. */
  readonly resumes?: RecordedRun | undefined;
  /** What it would do, as data and as people read it. */
  readonly plan: () => unknown;
  readonly planText: () => string;
  /** Looks whether the run can be made here, and asks the user where it has to; it does so once. Throws an explained error. */
  readonly demand?: (environment: NodeJS.ProcessEnv) => Promise<void>;
  /** What the live view shows of it; absent where it has no engines to draw. */
  readonly subject?: RunSubject;
  /** How long it takes, in milliseconds; only so good as to tell minutes from hours. */
  readonly roughDurationMs: () => number;
  /** How it is presented, with the length of each pause where no key is waited for; undefined where it is not. */
  readonly present?: { readonly paceMs: number | undefined } | undefined;
  /** What is left of it once it was cut off, as it was recorded; absent where such a run can't be gone on with. */
  readonly goOn?: (run: RecordedRun) => PreparedRun;
  readonly make: (
    surroundings: RunSurroundings,
  ) => Promise<{ readonly directory: string; readonly results: Results }>;
}

/** How a request becomes a run. */
interface RequestedRun<Request> extends Pick<PreparedRun, 'make'> {
  readonly planOf: (request: Request) => { readonly roughDurationMs: number };
  readonly planText: (request: Request) => string;
}

/** The run of a request that was checked. */
export function runOfRequest<Request extends Pick<PreparedRun, 'outputRoot' | 'seed'>>(
  request: Request,
  { planOf, planText, make }: RequestedRun<Request>,
): PreparedRun {
  return {
    outputRoot: request.outputRoot,
    seed: request.seed,
    plan: () => planOf(request),
    planText: () => planText(request),
    roughDurationMs: () => planOf(request).roughDurationMs,
    make,
  };
}

/** One of the runs of a series. */
export interface PreparedPart {
  readonly name: string;
  readonly summary: string;
  readonly run: PreparedRun;
}

/** Several runs that are made one after the other, with one report on all. */
export interface PreparedSeries extends Pick<PreparedRun, 'outputRoot' | 'seed' | 'plan' | 'planText'> {
  readonly parts: readonly PreparedPart[];
  /** As the user typed it, for the report. */
  readonly commandLine: readonly string[];
}

/** A scenario that makes its runs in a way of its own, and not by disturbing engines one iteration after another. */
export interface OtherScenario {
  readonly name: string;
  /** What it does, in one sentence without a stop, for lists. */
  readonly summary: string;
  /** Why `scenario all` leaves it out, after the name and a colon. */
  readonly leftOutOfAll?: string;
  /** The run that the flags ask for. Throws an explained error for a flag that it has no use for. */
  readonly prepare: (
    flags: ScenarioFlags,
    environment: NodeJS.ProcessEnv,
    words: readonly string[],
  ) => PreparedRun | Promise<PreparedRun | PreparedSeries>;
}
