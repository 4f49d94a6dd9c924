import type { ExecutionContext } from 'ava';
import path from 'node:path';
import { readRun, type RecordedRun } from '../../reports/record/reader.ts';
import type { Iteration } from '../../reports/record/schema.ts';
import { judgeHistory } from '../../scenarios/runner/judge.ts';
import type { Scenario } from '../../scenarios/scenario.ts';
import { shortened, startTyped } from '../documented/typing.ts';
import { patientProfile, type TestPlace } from '../support.ts';

interface MadeRun extends RecordedRun {
  /** The iterations that count: an engine that looks every two seconds can be at work just when it is disturbed, and such an iteration is made again. */
  readonly counted: readonly Iteration[];
  /** Of all iterations, for messages. */
  readonly reasons: string;
}

/** How a run is made: its command, settings of its profile, and further flags of its command line. */
interface RunOptions {
  /** What somebody types for such a run. */
  readonly command: string;
  readonly profile?: string;
  readonly words?: readonly string[];
}

const rounded = (_: string, value: unknown): unknown =>
  typeof value === 'number' ? Math.round(value) : value;

/** What was seen in an iteration, in a line; times in milliseconds. */
export function told(iteration: Iteration): string {
  const { engine, disturbance, verdict, timeToRestoreMs, timeToReadyMs, figures } = iteration;
  return `${engine}, ${disturbance}: ${verdict} ${JSON.stringify({ timeToRestoreMs, timeToReadyMs, ...figures }, rounded)}`;
}

function inPlace(iterations: readonly Iteration[]): Iteration[] {
  return iterations.toSorted((a, b) => a.engine.localeCompare(b.engine) || a.index - b.index);
}

/** Has a whole run made by what a page has somebody type, with each disturbance once and no warm-ups, reads it, and tells what was seen. */
export async function typeRun(
  t: ExecutionContext,
  place: TestPlace,
  scenario: string,
  { command, profile = '', words = [] }: RunOptions,
): Promise<RecordedRun> {
  const flags = [
    '--iterations=1',
    '--seed=5',
    `--profile=${await patientProfile(place, `warmups: 0\n${profile}`)}`,
    `--out=${place.runs}`,
    ...words,
  ];
  const { all, exitCode } = await startTyped(t, place, shortened(command, flags));
  t.is(exitCode, 0, all);
  const run = await readRun(path.join(place.runs, scenario, 'latest'));
  const { iterations, status, statusReason } = run.results;
  for (const iteration of iterations) t.log(told(iteration));
  t.is(status, 'complete', statusReason);
  return run;
}

/** The same with a scenario of disturbances: the run's history alone gives the iterations that it has. */
export async function makeRun(
  t: ExecutionContext,
  place: TestPlace,
  scenario: Scenario,
  options: RunOptions,
): Promise<MadeRun> {
  const run = await typeRun(t, place, scenario.name, options);
  const { iterations, plan } = run.results;
  t.deepEqual(inPlace(judgeHistory(run.history, scenario, plan)), inPlace(iterations));
  return {
    ...run,
    counted: iterations.filter(({ verdict }) => verdict !== 'invalid'),
    reasons: iterations.map(({ engine, reason }) => `${engine}: ${reason}`).join('; '),
  };
}
