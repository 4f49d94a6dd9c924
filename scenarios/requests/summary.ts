import { quantileSorted } from 'simple-statistics';
import type { Observation } from '../../reports/record/observation.ts';
import type { ClientRequest, ClientRequests } from './client-requests.ts';

type RequestsFact = Extract<Observation, { type: 'requests' }>;
type Gap = RequestsFact['gaps'][number];

/** What became of the requests of one iteration. */
export type RequestsSummary = Pick<
  RequestsFact,
  'sent' | 'failed' | 'failedBefore' | 'unsent' | 'p95Ms' | 'gaps'
>;

/** For so long all must have been served before the disturbance; what failed earlier says nothing of it, in milliseconds. */
const provenMs = 2000;

/** Which part of the requests counts, on the run's clock. */
export interface Window {
  /** When the disturbance was sent. */
  readonly fromMs: number;
  /** When watching ended: what became of a request later says nothing of the iteration. */
  readonly toMs: number;
}

/**
 * The times without service: each from the last request that succeeded before failed ones to the first that did after them, both by
 * when they were sent. `requests` are in that order.
 */
export function gapsOf(requests: readonly ClientRequest[]): Gap[] {
  const gaps: Gap[] = [];
  let lastSuccessMs: number | undefined;
  let failed = 0;
  for (const { sentAtMs, hasFailed } of requests) {
    if (hasFailed) {
      failed += 1;
      lastSuccessMs ??= sentAtMs;
      continue;
    }
    if (failed > 0) gaps.push({ fromMs: lastSuccessMs ?? sentAtMs, toMs: sentAtMs, failed, isOpen: false });
    failed = 0;
    lastSuccessMs = sentAtMs;
  }
  const last = requests.at(-1);
  if (failed > 0 && last !== undefined)
    gaps.push({ fromMs: lastSuccessMs ?? last.sentAtMs, toMs: last.sentAtMs, failed, isOpen: true });
  return gaps;
}

/** What became of those requests that ended between the disturbance and the end of watching. */
export function summarizeRequests(
  { requests, unsent }: ClientRequests,
  { fromMs, toMs }: Window,
): RequestsSummary {
  const seen = requests.filter(({ endedAtMs }) => endedAtMs <= toMs);
  const isCounted = ({ endedAtMs }: ClientRequest): boolean => endedAtMs >= fromMs;
  const counted = seen.filter(isCounted);
  const latenciesMs = counted.filter(({ hasFailed }) => !hasFailed).map(({ latencyMs }) => latencyMs);
  return {
    sent: counted.length,
    failed: counted.filter(({ hasFailed }) => hasFailed).length,
    failedBefore: seen.filter((one) => one.hasFailed && !isCounted(one) && one.endedAtMs >= fromMs - provenMs)
      .length,
    unsent,
    p95Ms:
      latenciesMs.length === 0
        ? null
        : quantileSorted(
            latenciesMs.toSorted((left, right) => left - right),
            0.95,
          ),
    // The last success before the disturbance is where a gap may begin.
    gaps: gapsOf(seen.filter((request) => isCounted(request) || !request.hasFailed)),
  };
}
