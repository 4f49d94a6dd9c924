import { parseLogLine } from '../prediction.ts';

/** How long the parts of a refresh take that come before an operation, as the application controller's log tells of them. */
export interface ComparisonTimes {
  /** Comparisons after which there was nothing to do. */
  readonly comparedMs: readonly number[];
  /** Writing the operation to the Application, for new revisions. */
  readonly operationSetMs: readonly number[];
}

/** The checkpoints of a refresh before autoSync (processAppRefreshQueueItem in controller/appcontroller.go of Argo CD 3.2). */
const checkpoints = [
  'comparison_with_nothing_ms',
  'refresh_app_conditions_ms',
  'compare_app_state_ms',
  'normalize_application_ms',
  'set_app_managed_resources_ms',
];

function numberIn(entry: Readonly<Record<string, unknown>>, field: string): number {
  const value = entry[field];
  return typeof value === 'number' ? value : 0;
}

/**
 * Reads them from lines of the log. Comparisons that set an operation for drift are those whose time is predicted, and are
 * left out; a comparison at level 3, which a user's or a new revision's refresh asks for, sets one for the revision.
 */
export async function readComparisonTimes(
  lines: AsyncIterable<string>,
  application: string,
): Promise<ComparisonTimes> {
  const comparedMs: number[] = [];
  const operationSetMs: number[] = [];
  for await (const line of lines) {
    const entry = parseLogLine(line);
    if (entry?.['msg'] !== 'Reconciliation completed' || entry['application'] !== application) continue;
    if (entry['compare_app_state_ms'] === undefined) continue;
    const level = numberIn(entry, 'comparison-level');
    const setMs = numberIn(entry, 'setop_ms');
    if (setMs > 0 && level === 3) operationSetMs.push(setMs);
    if (setMs === 0 && level < 3) {
      comparedMs.push(checkpoints.reduce((sum, name) => sum + numberIn(entry, name), 0));
    }
  }
  return { comparedMs, operationSetMs };
}
