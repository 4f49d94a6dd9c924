import * as z from 'zod';

/** A point of a metric, as k6 writes it (https://grafana.com/docs/k6/latest/results-output/real-time/json/). */
const Point = z.object({
  type: z.literal('Point'),
  metric: z.string(),
  data: z.object({
    time: z.string(),
    value: z.number(),
    metadata: z.object({ vu: z.string(), iter: z.string() }).partial().optional(),
  }),
});

/** Something that k6 has measured of one request, or of itself. */
export interface K6Sample {
  readonly metric: string;
  readonly value: number;
  /** On the machine's clock, in milliseconds since 1970, with a fraction: when the request had ended. */
  readonly wallTimeMs: number;
  /** Names the request; undefined where it is of none. */
  readonly request: string | undefined;
}

/** A time of Go, with up to nine digits of a second, of which Date would drop all but three. */
function wallTimeMsOf(time: string): number {
  const [, seconds = '', fraction = '0', zone = ''] =
    /^(.*:\d\d)(?:\.(\d+))?(Z|[+-]\d\d:\d\d)$/.exec(time) ?? [];
  return Date.parse(`${seconds}${zone}`) + Number(`0.${fraction}`) * 1000;
}

/**
 * A line of k6's JSON output; undefined where it is no point, but says what a metric is. Throws where it is no line of k6's, or was
 * cut off.
 */
export function parseSample(line: string): K6Sample | undefined {
  const value: unknown = JSON.parse(line);
  if (z.object({ type: z.literal('Metric') }).safeParse(value).success) return undefined;
  const { metric, data } = Point.parse(value);
  const { vu, iter } = data.metadata ?? {};
  return {
    metric,
    value: data.value,
    wallTimeMs: wallTimeMsOf(data.time),
    request: vu === undefined || iter === undefined ? undefined : `${vu} ${iter}`,
  };
}
