import { formatDuration } from '../../common/duration.ts';
import type { Description } from '../statistics/describe.ts';
import type { Difference } from '../statistics/hodges-lehmann.ts';
import type { Estimate, Interval } from '../statistics/sample.ts';

const relationWords = { equal: '', moreThan: 'more than ', lessThan: 'less than ' } as const;

/** A figure as people read it: `3.20 s`, `more than 5 min 0 s`, `−1.20 s`. */
export function formatEstimate({ valueMs, relation }: Estimate): string {
  const sign = Math.round(valueMs) < 0 ? '−' : '';
  return `${relationWords[relation]}${sign}${formatDuration(Math.abs(valueMs))}`;
}

/** An interval as people read it: `1.10 s to 3.20 s`. */
export function formatInterval({ low, high }: Interval): string {
  return `${formatEstimate(low)} to ${formatEstimate(high)}`;
}

/** An estimate with its interval: `2.00 s [1.10 s to 3.20 s]`. */
export function formatWithInterval(estimate: Estimate, interval: Interval | null): string {
  return interval === null
    ? formatEstimate(estimate)
    : `${formatEstimate(estimate)} [${formatInterval(interval)}]`;
}

/** By how much one time is longer than another, with its interval; a dash where that is not known. */
export function formatDifference(difference: Difference | null): string {
  return difference === null ? '–' : formatWithInterval(difference.estimate, difference.interval);
}

/** A p value as people read it: `= 0.020` or `< 0.001`. */
export function formatP(p: number): string {
  return p < 0.001 ? '< 0.001' : `= ${p.toFixed(3)}`;
}

/** How many samples there are: `6`, or `6 (2 censored)`. */
export function formatCount({ count, censoredCount }: Description): string {
  return censoredCount === 0 ? String(count) : `${count} (${censoredCount} censored)`;
}

/** Bytes as people read them: `123 MB`, `8.6 GB`; powers of ten. */
export function formatBytes(bytes: number): string {
  return bytes < 1e9 ? `${Math.round(bytes / 1e6)} MB` : `${(bytes / 1e9).toFixed(1)} GB`;
}

/** Names as a sentence lists them: `a`, `a and b`, `a, b and c`. */
export function formatList(names: readonly string[]): string {
  if (names.length < 2) return names.join('');
  return `${names.slice(0, -1).join(', ')} and ${names.at(-1) ?? ''}`;
}
