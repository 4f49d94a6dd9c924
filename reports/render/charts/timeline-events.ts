import { formatDuration } from '../../../common/duration.ts';
import type { Observation } from '../../record/observation.ts';
import type { Iteration } from '../../record/schema.ts';
import {
  notificationText,
  objectText,
  stepText,
  withoutRepetition,
} from '../../attribution/observation-text.ts';
import { recordedLabels, timeKinds, timeNames } from '../names.ts';

/** One row of a timeline. */
export interface TimelineEvent {
  /** From the zero of time; below zero before it. */
  readonly offsetMs: number;
  readonly kind: 'disturbance' | 'object' | 'engine' | 'milestone';
  readonly text: string;
}

/** The rows that a timeline has room for. */
const maxEvents = 22;

/** What happened in an iteration, from the disturbance until the last of its times, and how many events were left out. */
export function timelineEvents(
  iteration: Iteration,
  history: readonly Observation[],
): { events: readonly TimelineEvent[]; leftOut: number } {
  const zeroMs = iteration.disturbedAtMs ?? 0;
  const endMs = Math.max(0, ...timeNames.map((time) => iteration[timeKinds[time].field] ?? 0));
  const seen = history
    .filter(
      (observation) => observation.engine === iteration.engine && observation.iteration === iteration.index,
    )
    .filter(({ type, atMs }) => type === 'disturbing' || (atMs >= zeroMs && atMs <= zeroMs + endMs));
  const told = withoutRepetition(seen, lookOf).flatMap((observation) => eventOf(observation, zeroMs));
  const milestones = milestonesOf(iteration);
  const kept = told.slice(0, maxEvents - milestones.length);
  const events = [...kept, ...milestones].toSorted((left, right) => left.offsetMs - right.offsetMs);
  return { events, leftOut: told.length - kept.length };
}

function lookOf(observation: Observation): { key: string; look: string } {
  const look = eventOf(observation, 0).map(({ text }) => text);
  return { key: observation.type === 'object' ? observation.object : observation.type, look: look.join() };
}

function eventOf(observation: Observation, zeroMs: number): TimelineEvent[] {
  const offsetMs = observation.atMs - zeroMs;
  switch (observation.type) {
    case 'disturbing':
      return [{ offsetMs, kind: 'disturbance', text: `${observation.disturbance} is sent` }];
    case 'step':
      // An engine asks as often as its interval says: too often for a chart.
      if (observation.step === 'refused-connection') return [];
      return [{ offsetMs, kind: 'disturbance', text: observation.what }];
    case 'broken':
      return [{ offsetMs, kind: 'disturbance', text: observation.what }];
    case 'disturbed':
      return [{ offsetMs, kind: 'disturbance', text: `${observation.what}: the zero of time` }];
    case 'object':
      return [{ offsetMs, kind: 'object', text: objectText(observation) }];
    case 'engine':
      return [
        { offsetMs, kind: 'engine', text: `${recordedLabels[observation.engine]}: ${observation.summary}` },
      ];
    case 'committed':
      return [
        {
          offsetMs,
          kind: 'engine',
          text: `${observation.author} pushes ${observation.revision.slice(0, 7)}`,
        },
      ];
    case 'runbook-step':
      return [{ offsetMs, kind: 'engine', text: stepText(observation) }];
    case 'reached':
      return [{ offsetMs, kind: 'engine', text: `reached: ${observation.what}` }];
    case 'notification':
      return [{ offsetMs, kind: 'engine', text: notificationText(observation) }];
    case 'watch-gap':
      return [{ offsetMs, kind: 'object', text: `the watch of ${observation.resource} broke off` }];
    case 'component-exit':
      return [{ offsetMs, kind: 'engine', text: `${observation.component} ended` }];
    case 'announced':
    case 'left-out':
    case 'shown':
    case 'attempts':
    case 'audit':
    case 'revision':
    case 'neighbour':
    case 'steady':
    case 'usage':
    case 'command':
    case 'compared':
    case 'engine-memory':
    case 'event':
    case 'machine':
    case 'notice-tally':
    case 'listened':
    case 'requests':
    case 'watched':
      return [];
  }
}

function milestonesOf(iteration: Iteration): TimelineEvent[] {
  return timeNames.flatMap((time) => {
    const offsetMs = iteration[timeKinds[time].field];
    if (offsetMs === null) return [];
    return [{ offsetMs, kind: 'milestone', text: `${timeKinds[time].title} ${formatDuration(offsetMs)}` }];
  });
}
