import { appendFile } from 'node:fs/promises';
import path from 'node:path';
import { messageOf } from '../common/explained-error.ts';
import { writeAtomically } from '../reports/record/atomic-file.ts';
import type { Results } from '../reports/record/schema.ts';
import type { CheckedThreshold } from '../reports/thresholds/check.ts';
import { parseThreshold } from '../reports/thresholds/parse.ts';
import type { Threshold } from '../reports/thresholds/threshold.ts';
import { shortPath, type Surroundings } from './surroundings.ts';

export const thresholdHelp =
  "what the run must keep to, such as 'flux.drift.delete-service.timeToRestore.p95 < 30s'; may be given several times";

/** A parser of an option that may be given several times. */
export function collectThreshold(text: string, before: Threshold[] | undefined): Threshold[] {
  return [...(before ?? []), parseThreshold(text, '--threshold')];
}

interface CheckedRun {
  readonly directory: string;
  readonly results: Results;
  readonly reportPath: string;
  readonly checked: readonly CheckedThreshold[];
}

/** Writes junit.xml into the run's directory where there are thresholds, and says what came of each, a line for each. */
export async function concludeThresholds(
  { directory, results, checked }: CheckedRun,
  surroundings: Surroundings,
): Promise<string[]> {
  if (checked.length === 0) return [];
  const { checkedLine, checkedSummary } = await import('../reports/thresholds/check.ts');
  const { junitText } = await import('../reports/thresholds/junit.ts');
  const file = path.join(directory, 'junit.xml');
  await writeAtomically(file, junitText(results, checked));
  return [
    ...checked.map(checkedLine),
    `thresholds: ${checkedSummary(checked)}`,
    `junit: ${shortPath(file, surroundings)}`,
  ];
}

/**
 * Adds a summary to the page of a GitHub job where the program runs in one, which names a file for that in GITHUB_STEP_SUMMARY
 * (https://docs.github.com/actions/reference/workflows-and-actions/workflow-commands#adding-a-job-summary).
 */
export async function addStepSummary(
  { results, checked, reportPath }: CheckedRun,
  surroundings: Surroundings,
): Promise<void> {
  const file = surroundings.environment['GITHUB_STEP_SUMMARY'] ?? '';
  if (file === '') return;
  const { stepSummary } = await import('../reports/render/step-summary.ts');
  try {
    await appendFile(file, `${stepSummary(results, checked, shortPath(reportPath, surroundings))}\n`);
  } catch (error) {
    surroundings.stderr.write(`warning: the summary for GitHub was not written: ${messageOf(error)}\n`);
  }
}
