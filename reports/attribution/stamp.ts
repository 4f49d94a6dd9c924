/** When a line was written, by the machine's clock. */
export interface Stamp {
  /** In milliseconds since 1970. */
  readonly wallTimeMs: number;
  /** The time is told in whole seconds: it was then, or up to a second later. */
  readonly isWholeSecond: boolean;
}

/** The stamp of a time with its zone, such as `2026-11-21T14:12:58.123Z`, or of seconds since 1970. */
export function zoned(time: unknown): Stamp | undefined {
  if (typeof time === 'number') return { wallTimeMs: time * 1000, isWholeSecond: Number.isInteger(time) };
  if (typeof time !== 'string' || !/^\d{4}-\d\d-\d\dT.*(?:Z|[+-]\d\d:?\d\d)$/.test(time)) return undefined;
  const wallTimeMs = Date.parse(time);
  if (Number.isNaN(wallTimeMs)) return undefined;
  return { wallTimeMs, isWholeSecond: !/:\d\d[.,]\d/.test(time) };
}

/**
 * The stamp of a time that leaves out its year and zone: of the year that brings it nearest to `aroundMs`. The zone is UTC,
 * as every component of a lab is started with it.
 */
export function withoutYear(month: number, day: number, time: string, aroundMs: number): Stamp | undefined {
  const year = new Date(aroundMs).getUTCFullYear();
  const digits = (value: number): string => String(value).padStart(2, '0');
  const candidates = [year - 1, year, year + 1]
    .map((near) => zoned(`${near}-${digits(month)}-${digits(day)}T${time}Z`))
    .filter((stamp) => stamp !== undefined);
  const distance = ({ wallTimeMs }: Stamp): number => Math.abs(wallTimeMs - aroundMs);
  return candidates.toSorted((left, right) => distance(left) - distance(right))[0];
}
