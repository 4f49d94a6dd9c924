import type { CommandUnknownOpts } from '@commander-js/extra-typings';
import { parseDurationMs } from '../../common/duration.ts';
import { exitCodes, wrongUsage } from '../../common/explained-error.ts';
import type { RunComparison } from '../../reports/compare/analyse-comparison.ts';
import { formatHelp, reportFormats, type ReportFormat } from '../../reports/render/formats.ts';
import { oneOf } from '../choices.ts';
import { resolveUserPath, type Surroundings } from '../surroundings.ts';
import { readAllResults } from './read-runs.ts';
import { reportLine } from './report-line.ts';

const failures = ['regression'] as const;

interface CompareOptions {
  readonly out?: string;
  readonly format?: ReportFormat;
  readonly json?: true;
  readonly failOn?: (typeof failures)[number];
  readonly minimum?: number;
}

/** Whether a regression is among the changes; between labs of different kinds there are none, so that asking is a mistake. */
async function hasRegression({ selection, changes }: RunComparison): Promise<boolean> {
  const { areOtherLabs } = await import('../../reports/compare/fidelity.ts');
  const { baseline, others } = selection;
  const alike = others.filter((run) => !areOtherLabs(run, baseline));
  if (alike.length === 0) {
    throw wrongUsage(
      'the runs are of different labs, so that no difference between them is a regression',
      'leave out --fail-on, or compare runs of one kind of lab',
    );
  }
  return changes.some(({ run, verdict }) => verdict === 'regression' && alike.includes(run));
}

/** Sets the runs side by side, writes the report of that, and says what changed. */
async function compare(
  typed: readonly string[],
  { out, format, json, failOn, minimum }: CompareOptions,
  surroundings: Surroundings,
): Promise<void> {
  const runs = await readAllResults(typed, surroundings);
  const { analyseComparison } = await import('../../reports/compare/analyse-comparison.ts');
  const { defaultMinimumMs } = await import('../../reports/compare/change.ts');
  const comparison = analyseComparison(runs, minimum ?? defaultMinimumMs);
  const isFailure = failOn !== undefined && (await hasRegression(comparison));
  const { writeComparison } = await import('../../reports/compare/write-comparison.ts');
  const beside = runs.at(-1)?.directory ?? '.';
  const paths = await writeComparison(
    comparison,
    out === undefined ? beside : resolveUserPath(out, surroundings),
    format,
  );
  surroundings.stdout.write(`${await said(comparison, json === true, paths, surroundings)}\n`);
  if (isFailure) surroundings.setExitCode(exitCodes.failed);
}

async function said(
  comparison: RunComparison,
  isJson: boolean,
  paths: readonly string[],
  surroundings: Surroundings,
): Promise<string> {
  if (isJson) {
    const { comparisonJson } = await import('../../reports/compare/comparison-json.ts');
    return JSON.stringify(comparisonJson(comparison), null, 2);
  }
  const { comparisonLines } = await import('../../reports/compare/comparison-lines.ts');
  return [...comparisonLines(comparison), reportLine(paths, surroundings)].join('\n');
}

/** `report compare A B ...`: sets runs side by side. */
export function addCompare(group: CommandUnknownOpts, surroundings: Surroundings): void {
  group
    .command('compare')
    .summary('set runs of one scenario side by side')
    .description(
      'Sets runs of one scenario side by side, the first being the baseline: what they were made with, what changed, by how much, and how sure that is.',
    )
    .argument('<runs...>', 'two runs or more, each named as for "report"')
    .option(
      '--out <directory>',
      'where compare.html and compare.md are written (default: beside the last run)',
    )
    .option('--format <name>', formatHelp, oneOf('format', reportFormats))
    .option('--json', 'print the comparison as JSON')
    .option(
      '--fail-on <what>',
      `end with exit code 1 where there is one: ${failures.join(', ')}`,
      oneOf('failure', failures),
    )
    .option(
      '--minimum <duration>',
      'a smaller change is never named; a tenth of the median never is (default: 50ms)',
      (text) => parseDurationMs(text, '--minimum'),
    )
    .action(async (typed, options) => compare(typed, options, surroundings));
}
