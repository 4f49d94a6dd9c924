import { once } from 'node:events';
import { startClock } from '../../common/clock.ts';
import { exitCodes } from '../../common/explained-error.ts';
import { ownCommand } from '../../common/own-command.ts';
import { toolchainProgress } from '../../lab/toolchain/terminal.ts';
import type { RecordedRun } from '../../reports/record/reader.ts';
import type { Results } from '../../reports/record/schema.ts';
import type { Display } from '../progress/display.ts';
import { loggedDisplay } from '../progress/logged-display.ts';
import { openDisplay } from '../progress/open-display.ts';
import { demandPace, openPresentation } from '../present/presentation.ts';
import { reportLine } from '../report/report-line.ts';
import { goOnFromStage, type Recorded } from './go-on.ts';
import { preflight } from './preflight.ts';
import { typed } from './rest-of-series.ts';
import type { LiveView } from '../view/live-view.ts';
import { withView } from '../view/with-view.ts';
import type { PreparedRun } from './prepared-run.ts';
import { shortPath, type Surroundings } from '../surroundings.ts';
import { addStepSummary, concludeThresholds } from '../thresholds.ts';

const exitCodeOf = {
  complete: exitCodes.done,
  failed: exitCodes.failed,
  interrupted: exitCodes.interrupted,
} as const satisfies Record<Results['status'], number>;

async function waitForEnd(
  kubeconfigFiles: readonly string[],
  display: Display,
  signal: AbortSignal,
): Promise<void> {
  display.close();
  for (const file of kubeconfigFiles) display.say(`lab kept: export KUBECONFIG="${file}"`);
  display.say('Ctrl-C ends the labs');
  if (signal.aborted) return;
  // Nothing else keeps the process alive while it waits for a signal.
  const alive = setInterval(() => undefined, 60_000);
  await once(signal, 'abort').finally(() => {
    clearInterval(alive);
  });
}

/** What came of a run. */
interface Conclusion {
  readonly hasKeptThresholds: boolean;
  readonly headline: string;
  /** Where the report lies. */
  readonly report: string;
}

/** Renders the run and says what came of it. */
async function conclude(
  { directory, results }: Recorded,
  { present, goOn }: PreparedRun,
  stream: NodeJS.WriteStream,
  surroundings: Surroundings,
): Promise<Conclusion> {
  const { renderRun, summarize } = await import('../../reports/render/report.ts');
  const { reportPath, pagePath, thresholds: checked } = await renderRun(directory);
  const run = { directory, results, reportPath, checked };
  const outcomes = await concludeThresholds(run, surroundings);
  const { headline, lines } = summarize(results);
  const status = results.status === 'complete' ? [] : [`${results.status}: ${results.statusReason}`, ''];
  const table = lines.length === 0 ? [] : [...lines, ''];
  const path = shortPath(pagePath, surroundings);
  const report = reportLine([pagePath, reportPath], surroundings);
  const asBefore = present === undefined ? [] : ['--present'];
  const words = ['scenario', '--resume', `"${shortPath(directory, surroundings)}"`, ...asBefore] as const;
  const canGoOn = goOn !== undefined;
  const anew = `such a run can't be gone on with; make it anew: ${results.provenance.commandLine.map(typed).join(' ')}`;
  const next = canGoOn ? `go on with it: ${ownCommand(...words)}` : anew;
  const rest = results.status === 'complete' ? [] : [next];
  const gate = outcomes.length === 0 ? [] : [...outcomes, ''];
  stream.write(`${['', ...status, headline, '', ...table, ...gate, report, ...rest].join('\n')}\n`);
  await addStepSummary(run, surroundings);
  return { hasKeptThresholds: checked.every(({ outcome }) => outcome === 'held'), headline, report: path };
}

/** How much of a run that is gone on with was made before. */
function whatWasMade({ results }: RecordedRun): string {
  const made = results.iterations.filter(({ kind, verdict }) => kind === 'measured' && verdict !== 'invalid');
  return `going on with the run of ${results.startedAt}: ${made.length} iterations were made before`;
}

/** What a run has come to. */
interface MadeRun extends Recorded {
  /** What a process that made this run alone ends with. */
  readonly exitCode: number;
}

interface Making {
  /** Where progress is shown. */
  readonly stream: NodeJS.WriteStream;
  readonly surroundings: Surroundings;
  /** Draws the run as well. */
  readonly view?: LiveView | undefined;
  /** Which of several runs it is, in a few words. */
  readonly part?: string;
  /** Told where the run is recorded, once that is known. */
  readonly onRecording?: (directory: string) => void;
  /** Told when the run has ended, before its report is rendered. */
  readonly onResults?: (results: Results) => void;
}

/** Makes a run, shows how it goes on, and ends with its report. Throws where nothing could be recorded. */
export async function makeAndConclude(
  prepared: PreparedRun,
  { stream, surroundings, view, part, onRecording, onResults }: Making,
): Promise<MadeRun> {
  const { environment, interruption } = surroundings;
  const { present, subject, goOn } = prepared;
  const { signal } = interruption;
  const clock = startClock();
  const stage = present && openPresentation({ stream, environment, ...present, ...clock });
  const display = loggedDisplay(stage ?? openDisplay(stream, environment, clock), clock);
  signal.addEventListener('abort', display.close, { once: true });
  interruption.outliveTerminal();
  if (subject !== undefined) view?.begin(subject, part);
  const makeShown = async ({ make, seed, resumes }: PreparedRun): Promise<Recorded> => {
    display.say(
      resumes === undefined ? `seed ${seed}: the same order again with --seed ${seed}` : whatWasMade(resumes),
    );
    return make({
      environment,
      progress: (event) => {
        display.run(event);
        view?.run(event);
      },
      announce: stage?.announce,
      toolchainProgress: toolchainProgress(stream),
      signal,
      onRecording: (recording) => {
        display.logTo(recording);
        display.say(`recording in ${recording}`);
        onRecording?.(recording);
      },
      whileKept: async (kubeconfigFiles) => waitForEnd(kubeconfigFiles, display, signal),
    });
  };
  const { directory, results } = await makeShown(prepared)
    .then(async (made) => goOnFromStage(made, { stage, goOn, signal, make: makeShown }))
    .finally(() => {
      display.close();
      signal.removeEventListener('abort', display.close);
    });
  const exitCode = exitCodeOf[results.status];
  onResults?.(results);
  const { hasKeptThresholds, headline, report } = await conclude(
    { directory, results },
    prepared,
    stream,
    surroundings,
  );
  view?.end({ status: results.status, reason: results.statusReason, headline, report });
  const isMissed = results.status === 'complete' && !hasKeptThresholds;
  return { directory, results, exitCode: isMissed ? exitCodes.failed : exitCode };
}

/** Makes the run that was asked for, and sets what the process ends with. */
export async function makeRun(
  prepared: PreparedRun,
  isJson: boolean,
  surroundings: Surroundings,
  isViewed = false,
): Promise<void> {
  const { environment, stdout, stderr } = surroundings;
  const { present, outputRoot } = prepared;
  if (present !== undefined) demandPace(process.stdin.isTTY, present.paceMs);
  await preflight(outputRoot, environment);
  await prepared.demand?.(environment);
  const stream = isJson ? stderr : stdout;
  if (prepared.resumes?.results.status === 'complete') {
    stream.write('the run is complete: there is nothing left to be made\n');
    return;
  }
  const { exitCode } = await withView(isViewed, { stream, environment }, async (view) =>
    makeAndConclude(prepared, {
      stream,
      surroundings,
      view,
      onResults: (results) => {
        // What was measured is worth having where it can't be rendered, too.
        surroundings.setExitCode(exitCodeOf[results.status]);
        if (isJson) stdout.write(`${JSON.stringify(results, null, 2)}\n`);
      },
    }),
  );
  surroundings.setExitCode(exitCode);
}
