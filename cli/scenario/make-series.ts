import { setMaxListeners } from 'node:events';
import path from 'node:path';
import { startClock, type Clock } from '../../common/clock.ts';
import { exitCodes, explain } from '../../common/explained-error.ts';
import { overallSchemaVersion, saveOverall, type Overall, type Part } from '../../reports/record/overall.ts';
import { makeRunDirectory, pointLatestAt } from '../../reports/record/run-directory.ts';
import { reportLine } from '../report/report-line.ts';
import { roughly } from '../progress/run-words.ts';
import { shortPath, type Surroundings } from '../surroundings.ts';
import { allName } from './all.ts';
import { preflight } from './preflight.ts';
import type { PreparedPart, PreparedSeries } from './prepared-run.ts';
import { withView } from '../view/with-view.ts';
import type { LiveView } from '../view/live-view.ts';
import { makeAndConclude } from './run.ts';

/** What an overall run is written from while it goes on. */
interface Recording {
  readonly directory: string;
  readonly series: PreparedSeries;
  readonly startedAt: Date;
  readonly clock: Clock;
  readonly parts: Part[];
}

/** That of the parts: one that was interrupted or not begun outweighs one that has failed. */
function statusOf(parts: readonly Part[]): Overall['status'] {
  const has = (status: Part['status']): boolean => parts.some((part) => part.status === status);
  if (has('interrupted') || has('not-begun')) return 'interrupted';
  return has('failed') ? 'failed' : 'complete';
}

function overallOf({ series, startedAt, clock, parts }: Recording): Overall {
  return {
    schemaVersion: overallSchemaVersion,
    status: statusOf(parts),
    startedAt: startedAt.toISOString(),
    finishedAt: clock.wallTime().toISOString(),
    totalMs: clock.nowMs(),
    seed: series.seed,
    commandLine: [...series.commandLine],
    parts,
  };
}

async function openRecording(series: PreparedSeries): Promise<Recording> {
  const clock = startClock();
  const startedAt = clock.wallTime();
  const directory = await makeRunDirectory(path.join(series.outputRoot, allName), startedAt);
  const parts = series.parts.map(({ name }): Part => ({
    scenario: name,
    status: 'not-begun',
    reason: '',
    run: null,
  }));
  const recording = { directory, series, startedAt, clock, parts };
  await saveOverall(directory, overallOf(recording));
  return recording;
}

/** How a report names a part's run: links in it are written with forward slashes. */
function runFrom(directory: string, run: string): string {
  return path.relative(directory, run).split(path.sep).join('/');
}

/** Who looks at a part, and which one it is. */
interface Viewed {
  readonly view: LiveView | undefined;
  readonly part: string;
}

/** Makes a part. One that fails, or of which nothing could be recorded, is told of and keeps no other from being made. */
async function makePart(
  { name, run }: PreparedPart,
  { directory }: Recording,
  stream: NodeJS.WriteStream,
  surroundings: Surroundings,
  viewed: Viewed,
): Promise<{ readonly part: Part; readonly exitCode: number }> {
  let recorded: string | null = null;
  const partOf = (status: Part['status'], reason: string): Part => {
    return { scenario: name, status, reason, run: recorded === null ? null : runFrom(directory, recorded) };
  };
  try {
    const { results, exitCode } = await makeAndConclude(run, {
      stream,
      surroundings,
      ...viewed,
      onRecording: (made) => (recorded = made),
    });
    return { part: partOf(results.status, results.statusReason), exitCode };
  } catch (error) {
    if (surroundings.interruption.signal.aborted)
      return { part: partOf('interrupted', 'stopped by the user'), exitCode: exitCodes.interrupted };
    stream.write(`${explain(error)}\n`);
    return { part: partOf('failed', explain(error)), exitCode: exitCodes.failed };
  }
}

/** Makes one part after the other until all are made or the user stops it. Answers whether one of them has failed. */
async function makeParts(
  recording: Recording,
  stream: NodeJS.WriteStream,
  surroundings: Surroundings,
  view: LiveView | undefined,
): Promise<boolean> {
  const { parts } = recording.series;
  const { signal } = surroundings.interruption;
  let hasFailed = false;
  for (const [index, prepared] of parts.entries()) {
    if (signal.aborted) break;
    const left = parts.slice(index).reduce((sum, { run }) => sum + run.roughDurationMs(), 0);
    const own = roughly(prepared.run.roughDurationMs());
    stream.write(
      `\npart ${index + 1} of ${parts.length}: ${prepared.name}, about ${own}; all that is left: about ${roughly(left)}\n`,
    );
    const viewed = { view, part: `part ${index + 1} of ${parts.length}` };
    const { part, exitCode } = await makePart(prepared, recording, stream, surroundings, viewed);
    recording.parts[index] = part;
    hasFailed ||= exitCode !== exitCodes.done;
    await saveOverall(recording.directory, overallOf(recording));
  }
  return hasFailed;
}

/** Makes the runs of a series one after the other, each as it would be made alone, and ends with one report on all. */
export async function makeSeries(
  series: PreparedSeries,
  isJson: boolean,
  surroundings: Surroundings,
  isViewed = false,
): Promise<void> {
  const { environment, interruption, stdout, stderr } = surroundings;
  const stream = isJson ? stderr : stdout;
  await preflight(series.outputRoot, environment);
  // Every part listens to it.
  setMaxListeners(0, interruption.signal);
  const recording = await openRecording(series);
  const { overall, hasFailed } = await withView(isViewed, { stream, environment }, async (view) => {
    const failed = await makeParts(recording, stream, surroundings, view);
    await pointLatestAt(recording.directory);
    const { renderOverall } = await import('../../reports/render/overall/render-overall.ts');
    const rendered = await renderOverall(recording.directory);
    const { pagePath, reportPath } = rendered;
    const report = shortPath(pagePath, surroundings);
    const place = reportLine([pagePath, reportPath], surroundings, 'report on all');
    if (isJson) stdout.write(`${JSON.stringify(rendered.overall, null, 2)}\n`);
    stream.write(`\n${rendered.headline}\n${place}\n`);
    view?.end({ status: rendered.overall.status, reason: '', headline: rendered.headline, report });
    return { overall: rendered.overall, hasFailed: failed };
  });
  if (overall.status === 'interrupted') surroundings.setExitCode(exitCodes.interrupted);
  else if (hasFailed) surroundings.setExitCode(exitCodes.failed);
}
