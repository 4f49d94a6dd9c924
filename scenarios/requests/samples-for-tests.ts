/** What a test makes up of one request. */
interface MadeUp {
  readonly name: string;
  readonly sentAtMs: number;
  readonly endedAtMs: number;
  readonly hasFailed?: boolean;
}

/** The lines that k6 writes of a request; a thousandth of a second lies between its end and that of the iteration that sent it. */
export function linesOf({ name, sentAtMs, endedAtMs, hasFailed = false }: MadeUp): string[] {
  const iterationEndMs = endedAtMs + 1;
  const line = (metric: string, atMs: number, value: number): string =>
    JSON.stringify({
      metric,
      type: 'Point',
      data: { time: new Date(atMs).toISOString(), value, tags: {}, metadata: { vu: name, iter: '0' } },
    });
  return [
    line('http_reqs', endedAtMs, 1),
    line('http_req_duration', endedAtMs, endedAtMs - sentAtMs),
    line('http_req_failed', endedAtMs, hasFailed ? 1 : 0),
    line('iteration_duration', iterationEndMs, iterationEndMs - sentAtMs),
  ];
}
