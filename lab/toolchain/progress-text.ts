import { formatDuration } from '../../common/duration.ts';
import type { ToolStep } from './progress.ts';

const verbs = {
  release: { doing: 'downloading the release', done: 'downloaded' },
  image: { doing: 'downloading the image', done: 'downloaded' },
  go: { doing: 'building with Go', done: 'built with Go' },
} as const;

const title = ({ position, total, tool, version }: ToolStep): string =>
  `[${position}/${total}] ${tool} ${version}`;

/** Whole seconds: an estimate with fractions would claim more than it knows. */
function times({ elapsedMs, remainingMs }: ToolStep): string {
  const wholeSeconds = (timeMs: number): string =>
    formatDuration(Math.max(1, Math.round(timeMs / 1000)) * 1000);
  return `${wholeSeconds(elapsedMs)} so far, about ${wholeSeconds(remainingMs)} left`;
}

/** The line for a tool that is started on. */
export function startedLine(step: ToolStep): string {
  return `${title(step)}: ${verbs[step.origin].doing} (${times(step)})`;
}

/** The line for a tool that is on its way. */
export function advancedLine(step: ToolStep, detail: string): string {
  return `${title(step)}: ${detail} (${times(step)})`;
}

/** The line for a tool that is done. */
export function finishedLine(step: ToolStep, durationMs: number): string {
  return `${title(step)}: ${verbs[step.origin].done} in ${formatDuration(durationMs)}`;
}
