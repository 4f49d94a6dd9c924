import type { K6Sample } from './k6-sample.ts';

/** A request that has ended. */
export interface ClientRequest {
  /** On the run's clock. */
  readonly sentAtMs: number;
  readonly endedAtMs: number;
  /** It was not answered in time, or not with a status from 200 to 399: `http_req_failed` of k6. */
  readonly hasFailed: boolean;
  /** From its first byte sent to the last one received, without the time to connect: `http_req_duration` of k6. */
  readonly latencyMs: number;
}

/** All that k6 tells of a run. */
export interface ClientRequests {
  /** In the order in which they were sent. */
  readonly requests: readonly ClientRequest[];
  /** How many k6 should have sent and could not, because no virtual user was free. */
  readonly unsent: number;
}

/** The metrics that are read; k6 writes each once for a request (https://grafana.com/docs/k6/latest/using-k6/metrics/reference/). */
const wanted = ['http_req_failed', 'http_req_duration', 'iteration_duration'] as const;
type Wanted = (typeof wanted)[number];

function isWanted(metric: string): metric is Wanted {
  return wanted.some((one) => one === metric);
}

/** A time of the machine's clock, in milliseconds since 1970, on the run's. */
export type OnRunClock = (wallTimeMs: number) => number;

function requestOf(samples: ReadonlyMap<Wanted, K6Sample>, onRunClock: OnRunClock): ClientRequest[] {
  const [failed, latency, iteration] = wanted.map((metric) => samples.get(metric));
  // Of a request that k6 was stopped in there is not everything, and nobody knows what would have become of it.
  if (failed === undefined || latency === undefined || iteration === undefined) return [];
  return [
    {
      sentAtMs: onRunClock(iteration.wallTimeMs - iteration.value),
      endedAtMs: onRunClock(failed.wallTimeMs),
      hasFailed: failed.value === 1,
      latencyMs: latency.value,
    },
  ];
}

/** Gathers requests from the samples of k6, in whichever order these come. */
export class RequestGatherer {
  readonly #samples = new Map<string, Map<Wanted, K6Sample>>();
  #unsent = 0;

  add(sample: K6Sample): void {
    const { metric, request, value } = sample;
    if (metric === 'dropped_iterations') this.#unsent += value;
    if (request === undefined || !isWanted(metric)) return;
    const known = this.#samples.get(request) ?? new Map<Wanted, K6Sample>();
    this.#samples.set(request, known.set(metric, sample));
  }

  gathered(onRunClock: OnRunClock): ClientRequests {
    const requests = [...this.#samples.values()].flatMap((samples) => requestOf(samples, onRunClock));
    return {
      requests: requests.toSorted((left, right) => left.sentAtMs - right.sentAtMs),
      unsent: this.#unsent,
    };
  }
}
