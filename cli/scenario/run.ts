import { once } from 'node:events';
import { startClock } from '../../common/clock.ts';
import { exitCodes } from '../../common/explained-error.ts';
import { toolchainProgress } from '../../lab/toolchain/terminal.ts';
import type { RecordedRun } from '../../reports/record/reader.ts';
import type { Results } from '../../reports/record/schema.ts';
import type { Display } from '../progress/display.ts';
import { loggedDisplay } from '../progress/logged-display.ts';
import { openDisplay } from '../progress/open-display.ts';
import { preflight } from './preflight.ts';
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

/** Renders the run and says what came of it. */
async function conclude(
  directory: string,
  results: Results,
  stream: NodeJS.WriteStream,
  surroundings: Surroundings,
): Promise<void> {
  const { renderRun, summarize } = await import('../../reports/render/report.ts');
  const { reportPath, thresholds: checked } = await renderRun(directory);
  const run = { directory, results, reportPath, checked };
  const outcomes = await concludeThresholds(run, surroundings);
  const { headline, lines } = summarize(results);
  const status = results.status === 'complete' ? [] : [`${results.status}: ${results.statusReason}`, ''];
  const table = lines.length === 0 ? [] : [...lines, ''];
  const report = `report: ${shortPath(reportPath, surroundings)}`;
  const goOn = `go on with it: npm run scenario -- --resume "${shortPath(directory, surroundings)}"`;
  const isOther = surroundings.registry.otherScenarios.some(({ name }) => name === results.scenario.name);
  const canGoOn = results.status !== 'complete' && !isOther;
  const rest = canGoOn ? [goOn] : [];
  const gate = outcomes.length === 0 ? [] : [...outcomes, ''];
  stream.write(`${['', ...status, headline, '', ...table, ...gate, report, ...rest].join('\n')}\n`);
  await addStepSummary(run, surroundings);
  const hasKept = checked.every(({ outcome }) => outcome === 'held');
  if (results.status === 'complete' && !hasKept) surroundings.setExitCode(exitCodes.failed);
}

/** How much of a run that is gone on with was made before. */
function whatWasMade({ results }: RecordedRun): string {
  const made = results.iterations.filter(({ kind, verdict }) => kind === 'measured' && verdict !== 'invalid');
  return `going on with the run of ${results.startedAt}: ${made.length} iterations were made before`;
}

/** Makes the run that was asked for, shows how it goes on, and ends with its report. */
export async function makeRun(
  prepared: PreparedRun,
  isJson: boolean,
  surroundings: Surroundings,
): Promise<void> {
  const { environment, interruption, stdout, stderr } = surroundings;
  const { resumes, seed } = prepared;
  await preflight(prepared.outputRoot, environment);
  const { signal } = interruption;
  const stream = isJson ? stderr : stdout;
  if (resumes?.results.status === 'complete') {
    stream.write('the run is complete: there is nothing left to be made\n');
    return;
  }
  const clock = startClock();
  const display = loggedDisplay(openDisplay(stream, environment, clock), clock);
  signal.addEventListener('abort', display.close, { once: true });
  interruption.outliveTerminal();
  display.say(
    resumes === undefined ? `seed ${seed}: the same order again with --seed ${seed}` : whatWasMade(resumes),
  );
  const { directory, results } = await prepared
    .make({
      environment,
      progress: display.run,
      toolchainProgress: toolchainProgress(stream),
      signal,
      onRecording: (directory) => {
        display.logTo(directory);
        display.say(`recording in ${directory}`);
      },
      whileKept: async (kubeconfigFiles) => waitForEnd(kubeconfigFiles, display, signal),
    })
    .finally(display.close);
  surroundings.setExitCode(exitCodeOf[results.status]);
  if (isJson) stdout.write(`${JSON.stringify(results, null, 2)}\n`);
  await conclude(directory, results, stream, surroundings);
}
