import type { BlockContent, RootContent } from 'mdast';
import { formatDuration } from '../../../common/duration.ts';
import type { Iteration, Results } from '../../record/schema.ts';
import { collapsed, heading, table } from '../markdown.ts';
import { engineLabels, timeKinds, timeNames } from '../names.ts';

/** Every iteration with its verdict: those that were set aside in view, the valid ones behind a click. */
export function iterationsSection({ iterations }: Results): RootContent[] {
  const setAside = iterations.filter(({ verdict }) => verdict !== 'valid');
  const valid = iterations.filter(({ verdict }) => verdict === 'valid');
  return [
    heading(2, 'All iterations'),
    heading(3, 'Invalid and censored'),
    table(
      ['Engine', '#', 'Disturbance', 'Kind', 'Verdict', 'Reason', 'Watched for'],
      setAside.map((iteration) => [
        ...startOf(iteration),
        iteration.verdict,
        iteration.reason === '' ? '–' : iteration.reason,
        formatDuration(iteration.watchedForMs),
      ]),
      'None.',
    ),
    ...(valid.length === 0 ? [] : collapsed(`Valid: ${valid.length}`, validTable(valid))),
  ];
}

function validTable(iterations: readonly Iteration[]): BlockContent {
  return table(
    ['Engine', '#', 'Disturbance', 'Kind', 'Phase', 'Detect', 'Restore', 'Ready', 'Settle'],
    iterations.map((iteration) => [
      ...startOf(iteration),
      formatDuration(iteration.phaseMs),
      ...timeNames.map((time) => formatTime(iteration[timeKinds[time].field])),
    ]),
    'None.',
  );
}

function startOf({ engine, index, disturbance, kind }: Iteration): string[] {
  return [engineLabels[engine], String(index), disturbance, kind === 'warmup' ? 'warm-up' : kind];
}

function formatTime(timeMs: number | null): string {
  return timeMs === null ? '–' : formatDuration(timeMs);
}
