import type { Observation } from '../../reports/record/observation.ts';
import type { Figure } from '../scenario.ts';

type RequestsFact = Extract<Observation, { type: 'requests' }>;

/** A figure of what became of the requests; null where none were sent. */
function figure(named: Omit<Figure, 'of'>, value: (fact: RequestsFact) => number | null): Figure {
  return {
    ...named,
    of: (facts) => {
      const fact = facts.find((one) => one.type === 'requests');
      return fact === undefined || fact.sent === 0 ? null : value(fact);
    },
  };
}

export const requestsSent = figure(
  { name: 'requestsSent', title: 'Requests', unit: 'count' },
  ({ sent }) => sent,
);

export const requestsFailed = figure(
  { name: 'requestsFailed', title: 'Failed requests', unit: 'count' },
  ({ failed }) => failed,
);

/** Of the requests until the iteration ended: the longer it is watched, the smaller it is. */
export const errorShare = figure(
  { name: 'errorShare', title: 'Share of failed requests', unit: 'share' },
  ({ sent, failed }) => failed / sent,
);

/** Of the requests that succeeded; null where none did. */
export const requestP95 = figure(
  { name: 'requestP95Ms', title: 'Latency, 95th percentile', unit: 'ms' },
  ({ p95Ms }) => p95Ms,
);

export const requestGaps = figure(
  { name: 'requestGaps', title: 'Gaps in service', unit: 'count' },
  ({ gaps }) => gaps.length,
);

/** From the last success before to the first after; 0 where there is no gap. One that did not end counts as far as it was watched. */
export const longestRequestGap = figure(
  { name: 'longestRequestGapMs', title: 'Longest gap in service', unit: 'ms' },
  ({ gaps }) => Math.max(0, ...gaps.map(({ fromMs, toMs }) => toMs - fromMs)),
);
