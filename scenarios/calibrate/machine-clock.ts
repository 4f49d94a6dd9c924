/**
 * The clock that all processes of a machine share, in milliseconds from its arbitrary zero: CLOCK_MONOTONIC on Linux
 * (https://nodejs.org/api/process.html#processhrtimebigint, uv_hrtime of libuv).
 */
export function machineNowMs(): number {
  return Number(process.hrtime.bigint()) / 1e6;
}

/** How finely a clock can be read. */
interface ClockFigures {
  /** The smallest step that was seen between two readings. */
  readonly resolutionMs: number;
  /** The median time that a reading takes. */
  readonly readMs: number;
}

const readings = 20_001;

/** Reads a clock many times in a row. */
export function examineClock(nowMs: () => number): ClockFigures {
  const seen = Float64Array.from({ length: readings }, () => nowMs());
  const steps = seen.slice(1).map((atMs, index) => atMs - (seen[index] ?? 0));
  const sorted = steps.toSorted();
  return {
    resolutionMs: sorted.find((step) => step > 0) ?? 0,
    readMs: sorted[Math.floor(sorted.length / 2)] ?? 0,
  };
}
