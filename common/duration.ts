import { wrongUsage } from './explained-error.ts';

const unitsMs = { ms: 1, s: 1000, m: 60_000, h: 3_600_000 } as const;

/**
 * Milliseconds of a duration as Go, Flux and Argo CD write it: `90s`, `5m`, `1h30m`, `250ms`.
 * Throws an explained error that names `label` where the text is no positive duration.
 */
export function parseDurationMs(text: string, label: string): number {
  const parts = [...text.matchAll(/(\d+(?:\.\d+)?)(ms|s|m|h)/g)];
  const isWhole = parts.map(([part]) => part).join('') === text && text !== '';
  const totalMs = parts.reduce(
    (sum, [, count, unit]) => sum + Number(count) * unitsMs[unit as keyof typeof unitsMs],
    0,
  );
  if (!isWhole || totalMs <= 0 || totalMs > 7 * 24 * unitsMs.h) {
    throw wrongUsage(
      `${label} is "${text}", which is not a duration between 1ms and 168h`,
      'write it as 30s, 5m or 1h30m',
    );
  }
  return totalMs;
}

/** A duration as people read it: `420 ms`, `3.2 s`, `2 min 5 s`, `9 h 20 min`. */
export function formatDuration(durationMs: number): string {
  // Units are chosen after rounding: 999.6 ms is 1.00 s, and not 1000 ms.
  if (Math.round(durationMs) < 1000) return `${Math.round(durationMs)} ms`;
  const seconds = durationMs / 1000;
  if (Number(seconds.toFixed(2)) < 10) return `${seconds.toFixed(2)} s`;
  if (Number(seconds.toFixed(1)) < 60) return `${seconds.toFixed(1)} s`;
  const wholeSeconds = Math.round(seconds);
  if (wholeSeconds >= 3600) {
    const wholeMinutes = Math.round(seconds / 60);
    return `${Math.floor(wholeMinutes / 60)} h ${wholeMinutes % 60} min`;
  }
  return `${Math.floor(wholeSeconds / 60)} min ${wholeSeconds % 60} s`;
}
