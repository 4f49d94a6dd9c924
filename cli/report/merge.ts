import type { CommandUnknownOpts } from '@commander-js/extra-typings';
import { resolveUserPath, runsDirectory, type Surroundings } from '../surroundings.ts';
import { completing } from './completing.ts';
import { readRuns } from './read-runs.ts';
import { reportLine } from './report-line.ts';

interface MergeOptions {
  readonly out?: string;
}

/** Merges the runs, renders the report of what they make up, and says where it lies. */
async function merge(
  typed: readonly string[],
  { out }: MergeOptions,
  surroundings: Surroundings,
): Promise<void> {
  const inputs = await readRuns(typed, surroundings);
  const { mergeRuns } = await import('../../reports/merge/merge-runs.ts');
  const directory = await mergeRuns(inputs, {
    root: out === undefined ? runsDirectory : resolveUserPath(out, surroundings),
    commandLine: [
      'npm',
      'run',
      'report',
      '--',
      'merge',
      ...typed,
      ...(out === undefined ? [] : ['--out', out]),
    ],
    now: new Date(),
  });
  const { renderRun, summarize } = await import('../../reports/render/report.ts');
  const { run, pagePath, reportPath } = await renderRun(directory, {
    complete: completing(surroundings.registry),
  });
  const { headline, lines } = summarize(run.results);
  const missing = inputs.flatMap(({ name, notices: own }) =>
    own.map((notice) => `notice: ${name}: ${notice}`),
  );
  const notices = run.results.provenance.notices.map((notice) => `notice: ${notice}`);
  const report = reportLine([pagePath, reportPath], surroundings);
  surroundings.stdout.write(`${[headline, '', ...lines, '', ...missing, ...notices, report].join('\n')}\n`);
}

/** `report merge A B ...`: joins shards of one run. */
export function addMerge(group: CommandUnknownOpts, surroundings: Surroundings): void {
  group
    .command('merge')
    .summary('join the shards of one run')
    .description(
      'Joins runs that were made in the same way, with other seeds or on other machines, into one run. What does not belong together is refused.',
    )
    .argument('<runs...>', 'two runs or more, each named as for "report"')
    .option('--out <directory>', 'where the merged run gets SCENARIO/START-TIME (default: reports/runs)')
    .action(async (typed, options) => merge(typed, options, surroundings));
}
