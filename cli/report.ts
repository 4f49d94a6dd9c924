import path from 'node:path';
import { findRun } from '../reports/record/find-run.ts';
import { oneOf } from './choices.ts';
import {
  resolveUserPath,
  runsDirectory,
  shortPath,
  type AddCommand,
  type Surroundings,
} from './surroundings.ts';

const formats = ['markdown'] as const;

/** What the user means: `latest`, a scenario's newest run, or a path. */
async function locateRun(typed: string, surroundings: Surroundings): Promise<string> {
  if (typed === 'latest') return findRun(typed, runsDirectory);
  const isScenario = surroundings.registry.scenarios.some(({ name }) => name === typed);
  const named = isScenario ? path.join(runsDirectory, typed, 'latest') : resolveUserPath(typed, surroundings);
  return findRun(named, runsDirectory);
}

/** `report RUN`: renders a run again. */
export const addReportCommand: AddCommand = (program, surroundings) => {
  program
    .command('report')
    .summary('render the report of a run again')
    .description('Renders the report of a run again from its record; the same bytes each time.')
    .argument('<run>', 'a directory of a run, its results.json, "latest", or a scenario for its latest run')
    .option('--format <name>', `how: ${formats.join(', ')}`, oneOf('format', formats))
    .action(async (typed) => {
      const { renderRun, summarize } = await import('../reports/render/report.ts');
      const { run, reportPath, chartPaths } = await renderRun(await locateRun(typed, surroundings));
      const { headline, lines } = summarize(run.results);
      const paths = [reportPath, ...chartPaths].map((file) => shortPath(file, surroundings));
      const notices = run.notices.map((notice) => `notice: ${notice}`);
      surroundings.stdout.write(`${[headline, '', ...lines, '', ...notices, ...paths].join('\n')}\n`);
    });
};
