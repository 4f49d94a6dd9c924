import { oneOf } from './choices.ts';
import { locateRun } from './locate-run.ts';
import { demandIteration, showIteration } from './report/show-iteration.ts';
import { shortPath, type AddCommand } from './surroundings.ts';

const formats = ['markdown'] as const;

/** `report RUN`: renders a run again, or shows what happened in one of its iterations. */
export const addReportCommand: AddCommand = (program, surroundings) => {
  program
    .command('report')
    .summary('render the report of a run again')
    .description('Renders the report of a run again from its record; the same bytes each time.')
    .argument('<run>', 'a directory of a run, its results.json, "latest", or a scenario for its latest run')
    .option('--format <name>', `how: ${formats.join(', ')}`, oneOf('format', formats))
    .option('--iteration <name>', 'show the timeline of an iteration, such as flux/12, and render nothing')
    .option('--all-logs', "with --iteration: the control plane's log lines, too")
    .option('--json', 'with --iteration: as JSON')
    .action(async (typed, options) => {
      demandIteration(options);
      const { iteration } = options;
      if (iteration !== undefined) {
        await showIteration(await locateRun(typed, surroundings), iteration, options, surroundings);
        return;
      }
      const { renderRun, summarize } = await import('../reports/render/report.ts');
      const { run, reportPath, chartPaths } = await renderRun(await locateRun(typed, surroundings));
      const { headline, lines } = summarize(run.results);
      const paths = [reportPath, ...chartPaths].map((file) => shortPath(file, surroundings));
      const notices = run.notices.map((notice) => `notice: ${notice}`);
      surroundings.stdout.write(`${[headline, '', ...lines, '', ...notices, ...paths].join('\n')}\n`);
    });
};
