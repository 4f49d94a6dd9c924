/**
 * What k6 runs, by itself: requests at a constant rate, whatever becomes of those before, each as if from a client that comes
 * anew. It is no part of the program, which only reads what k6 writes.
 */
import http from 'k6/http';
import type { Options } from 'k6/options';

const { TARGET = '', PER_SECOND = '', TIMEOUT_MS = '' } = __ENV;
const perSecond = Number(PER_SECOND);
const timeoutMs = Number(TIMEOUT_MS);

/** As many as wait for an answer at once when none comes, and half as many again; k6 calls them virtual users. */
const clients = Math.ceil((1.5 * perSecond * timeoutMs) / 1000);

export const options = {
  scenarios: {
    steady: {
      executor: 'constant-arrival-rate',
      exec: 'request',
      rate: perSecond,
      timeUnit: '1s',
      // It is stopped long before.
      duration: '24h',
      preAllocatedVUs: clients,
      gracefulStop: '0s',
    },
  },
  // A connection that is kept open goes on to its pod after the Service is gone.
  noConnectionReuse: true,
  // `vu` and `iter` together name a request.
  systemTags: ['status', 'error_code', 'vu', 'iter'],
} satisfies Options;

export function request(): void {
  http.get(TARGET, { timeout: timeoutMs });
}
