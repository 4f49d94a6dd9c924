import { formatDuration } from '../../common/duration.ts';
import type { ToolStep } from './progress.ts';

const verbs = {
  release: { doing: 'downloading the release', done: 'downloaded' },
  image: { doing: 'downloading the image', done: 'downloaded' },
  debian: { doing: 'installing Debian packages', done: 'made of Debian packages' },
  go: { doing: 'building with Go', done: 'built with Go' },
} as const;

const title = ({ position, total, tool, version }: ToolStep): string =>
  `[${position}/${total}] ${tool} ${version}`;

/** Whole seconds: an estimate with fractions would claim more than it knows. */
function roughly(timeMs: number): string {
  const seconds = Math.round(timeMs / 1000);
  return seconds < 60 ? `${seconds} s` : formatDuration(seconds * 1000);
}

const times = ({ elapsedMs, remainingMs }: ToolStep): string =>
  `${roughly(elapsedMs)} so far, about ${roughly(remainingMs)} left`;

/** The line for a tool that is started on. */
export function startedLine(step: ToolStep): string {
  return `${title(step)}: ${times(step)}; ${verbs[step.origin].doing}`;
}

/** The line for a tool that is on its way. */
export function advancedLine(step: ToolStep, detail: string): string {
  return `${title(step)}: ${times(step)}; ${detail}`;
}

/** The line for a tool that is done. */
export function finishedLine(step: ToolStep, durationMs: number): string {
  return `${title(step)}: ${verbs[step.origin].done} in ${formatDuration(durationMs)}`;
}
