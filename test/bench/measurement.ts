/** One figure of the benchmark, held against what it is to reach. */
export interface Measurement {
  readonly name: string;
  /** As people read it, with its unit. */
  readonly measured: string;
  readonly target: string;
  readonly isReached: boolean;
}

/** The middle value; of an even number of values the mean of the two in the middle. */
export function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const [low = 0, high = low] = [
    sorted[Math.floor((sorted.length - 1) / 2)],
    sorted[Math.ceil((sorted.length - 1) / 2)],
  ];
  return (low + high) / 2;
}

/** A measured time against the longest that it may be. */
export function atMostMs(name: string, valuesMs: readonly number[], targetMs: number): Measurement {
  const seconds = (ms: number) => `${(ms / 1000).toFixed(2)} s`;
  const range =
    valuesMs.length > 1
      ? ` (${seconds(Math.min(...valuesMs))} to ${seconds(Math.max(...valuesMs))}, n = ${valuesMs.length})`
      : '';
  return {
    name,
    measured: `${seconds(median(valuesMs))}${range}`,
    target: `at most ${seconds(targetMs)}`,
    isReached: median(valuesMs) <= targetMs,
  };
}

/** The measurements as lines of a table. */
export function asLines(measurements: readonly Measurement[]): string[] {
  const width = Math.max(...measurements.map(({ name }) => name.length));
  return measurements.map(
    ({ name, measured, target, isReached }) =>
      `${isReached ? '✔' : '✘'} ${name.padEnd(width)}  ${measured}; ${target}`,
  );
}
