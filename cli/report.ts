import { exitCodes } from '../common/explained-error.ts';
import { formatHelp, isWritten, reportFormats } from '../reports/render/formats.ts';
import type { CheckedThreshold } from '../reports/thresholds/check.ts';
import type { Threshold } from '../reports/thresholds/threshold.ts';
import { oneOf } from './choices.ts';
import { locateRun } from './locate-run.ts';
import { addCompare } from './report/compare.ts';
import { completing } from './report/completing.ts';
import { addFeatures } from './report/features.ts';
import { addMerge } from './report/merge.ts';
import { showOverall } from './report/show-overall.ts';
import { demandDocument, putInto } from './report/put-into.ts';
import { demandIteration, showIteration } from './report/show-iteration.ts';
import { shortPath, type AddCommand } from './surroundings.ts';
import { addStepSummary, collectThreshold, concludeThresholds, thresholdHelp } from './thresholds.ts';

async function check(directory: string, thresholds: readonly Threshold[]): Promise<CheckedThreshold[]> {
  const { readRun } = await import('../reports/record/reader.ts');
  const { checkThresholds } = await import('../reports/thresholds/check.ts');
  const { results } = await readRun(directory);
  return checkThresholds(results, thresholds);
}

/** `report RUN`: renders a run again, or shows what happened in one of its iterations; `compare`, `merge` and `features` take several. */
export const addReportCommand: AddCommand = (program, surroundings) => {
  const group = program
    .command('report')
    .helpCommand(false)
    .summary('render the report of a run again')
    .description('Renders the report of a run again from its record; the same bytes each time.')
    .argument('<run>', 'a directory of a run, its results.json, "latest", or a scenario for its latest run')
    .option('--format <name>', formatHelp, oneOf('format', reportFormats))
    .option('--into <file>', 'put the results into a Markdown document, between the markers of the scenario')
    .option('--iteration <name>', 'show the timeline of an iteration, such as flux/12, and render nothing')
    .option('--all-logs', "with --iteration: the control plane's log lines, too")
    .option('--json', 'with --iteration: as JSON')
    .option('--threshold <demand>', `${thresholdHelp}; in the place of those of the run`, collectThreshold)
    .action(async (typed, options) => {
      demandIteration(options);
      demandDocument(options);
      const { iteration, into, format, threshold: asked } = options;
      const directory = await locateRun(typed, surroundings);
      const { isOverall } = await import('../reports/record/overall.ts');
      if (await isOverall(directory)) {
        await showOverall(directory, options, surroundings);
        return;
      }
      if (into !== undefined) {
        await putInto(directory, into, surroundings);
        return;
      }
      if (iteration !== undefined) {
        await showIteration(directory, iteration, options, surroundings);
        return;
      }
      const askedOutcome = asked === undefined ? undefined : await check(directory, asked);
      const { renderRun, summarize } = await import('../reports/render/report.ts');
      const { run, reportPath, pagePath, chartPaths, thresholds } = await renderRun(directory, {
        only: format,
        complete: completing(surroundings.registry),
      });
      const written = [
        ...(isWritten('markdown', format) ? [reportPath] : []),
        ...(isWritten('html', format) ? [pagePath] : []),
        ...chartPaths,
      ];
      const checkedRun = {
        directory,
        results: run.results,
        reportPath: written[0] ?? reportPath,
        checked: askedOutcome ?? thresholds,
      };
      const { headline, lines } = summarize(run.results);
      const paths = written.map((file) => shortPath(file, surroundings));
      const notices = run.notices.map((notice) => `notice: ${notice}`);
      const outcomes = await concludeThresholds(checkedRun, surroundings);
      const gate = outcomes.length === 0 ? [] : [...outcomes, ''];
      surroundings.stdout.write(
        `${[headline, '', ...lines, '', ...gate, ...notices, ...paths].join('\n')}\n`,
      );
      if (outcomes.length > 0) await addStepSummary(checkedRun, surroundings);
      if (checkedRun.checked.some(({ outcome }) => outcome !== 'held'))
        surroundings.setExitCode(exitCodes.failed);
    });
  addCompare(group, surroundings);
  addMerge(group, surroundings);
  addFeatures(group, surroundings);
};
