import type { Observation } from '../record/observation.ts';
import type { Iteration } from '../record/schema.ts';
import {
  eventText,
  machineText,
  notificationText,
  objectText,
  requestsText,
  stepText,
  withoutRepetition,
} from './observation-text.ts';
import { gapEntries } from './gap-entries.ts';
import { oneLine } from './log-line.ts';
import type { LogWindow } from './log-file.ts';
import type { TimelineEntry } from './timeline-entry.ts';
import type { ComponentLine } from './trial-logs.ts';

/** What belongs to an iteration, from just before its disturbance until its watching ended. */
export interface IterationFacts {
  readonly facts: readonly Observation[];
  readonly window: LogWindow;
  /** The zero of time: that of the disturbance, or where none was committed, of its being sent, or of the iteration's begin. */
  readonly zeroMs: number;
}

/** What an engine did right before it was disturbed explains what it does then. */
const leadMs = 250;

/** Picks an iteration's facts from a history; undefined where it holds none. */
export function factsOf(iteration: Iteration, history: readonly Observation[]): IterationFacts | undefined {
  const own = history.filter(
    (fact) => fact.engine === iteration.engine && fact.iteration === iteration.index,
  );
  const [first] = own;
  if (first === undefined) return undefined;
  const sentMs = own.find(({ type }) => type === 'disturbing')?.atMs;
  const endMs = (own.find(({ type }) => type === 'watched') ?? own.at(-1))?.atMs ?? first.atMs;
  const window = { fromMs: sentMs === undefined ? first.atMs : sentMs - leadMs, toMs: endMs };
  // What became of the requests is counted once watching has ended.
  const facts = own.filter(
    ({ atMs, type }) => type === 'requests' || (atMs >= window.fromMs && atMs <= window.toMs),
  );
  return { facts, window, zeroMs: iteration.disturbedAtMs ?? sentMs ?? first.atMs };
}

type AuditFact = Extract<Observation, { type: 'audit' }>;
type Row = Omit<TimelineEntry, 'offsetMs' | 'isRough'>;

/** What a fact reads like in a timeline; undefined where it is no news there. */
export function rowOf(fact: Observation): Row | undefined {
  const row = (source: string, text: string, isWarning = false): Row => ({
    source,
    text: oneLine(text),
    isWarning,
  });
  switch (fact.type) {
    case 'object':
      return row('API server', objectText(fact));
    case 'engine':
      return row('engine status', fact.hasGivenUp ? `${fact.summary}; it has given up` : fact.summary);
    case 'attempts':
      return fact.problem === ''
        ? undefined
        : row('engine status', `${fact.part}, ${fact.failed} failed: ${fact.problem}`, true);
    case 'event':
      return row('event', eventText(fact), fact.kind === 'warning');
    case 'revision':
      return row('harness', `revision ${fact.revision.slice(0, 7)} for ${fact.disturbance}`);
    case 'steady':
      return row('harness', 'the steady state is proven; the random wait begins');
    case 'disturbing':
      return row('harness', `${fact.disturbance} is sent`);
    case 'broken':
    case 'disturbed':
      return row('harness', `${fact.what}; Git is at ${fact.revision.slice(0, 7)}`);
    case 'committed':
      return row('state store', `${fact.author} pushes ${fact.revision.slice(0, 7)}: ${fact.message}`);
    case 'command':
      return row('harness', fact.command);
    case 'runbook-step':
      return row('runbook', stepText(fact));
    case 'reached':
      return row('harness', `reached: ${fact.what}`);
    case 'step':
      return row('harness', fact.what);
    case 'neighbour':
      return row('harness', `${fact.environment} has the commit, and ${fact.changes} of its objects changed`);
    case 'notification':
      return row('receiver', notificationText(fact));
    case 'listened':
      return row(
        'harness',
        `listening for a notification ends: ${fact.outcome} ${fact.revision.slice(0, 7)}`,
      );
    case 'requests':
      return row('clients', requestsText(fact), fact.failed > 0);
    case 'audit':
      return row('forge', auditText(fact));
    case 'watch-gap':
      return row('harness', `the watch of ${fact.resource} broke off`, true);
    case 'component-exit':
      return row('harness', `${fact.component} ended`, true);
    case 'machine': {
      const text = machineText(fact);
      return text === '' ? undefined : row('harness', text, true);
    }
    case 'watched':
      return row('harness', `watching ends: ${fact.end}${fact.reason === '' ? '' : `, ${fact.reason}`}`);
    case 'shown':
      return row('harness', `${fact.command}, for the audience`);
    case 'left-out':
      return row('harness', `${fact.disturbance} is left out by whoever presents`);
    case 'announced':
    case 'usage':
    case 'compared':
    case 'engine-memory':
    case 'notice-tally':
      return undefined;
  }
}

/** A pull request as its forge tells of it. */
function auditText({ request, openedBy, approvals, mergedBy, mergeCommit }: AuditFact): string {
  const approvers = approvals.map(({ by }) => by).join(', ') || 'nobody';
  return `pull request ${request} of ${openedBy}, approved by ${approvers}, merged by ${mergedBy} as ${mergeCommit.slice(0, 7)}`;
}

/** Of one of its states a fact tells nothing new where it looks as before; what an Event or a reading of the machine says is new each time. */
export function keyOf(fact: Observation): string {
  if (fact.type === 'object') return fact.object;
  return fact.type === 'engine' ? fact.type : `${fact.type} ${fact.atMs}`;
}

/** The rows of the history; what looks as it did before is told once. */
export function historyEntries({ facts, zeroMs }: IterationFacts): TimelineEntry[] {
  const entries = facts.flatMap((fact) => {
    const row = rowOf(fact);
    if (row === undefined) return [];
    return [{ key: keyOf(fact), entry: { ...row, offsetMs: fact.atMs - zeroMs, isRough: false } }];
  });
  const told = withoutRepetition(entries, ({ key, entry }) => ({ key, look: entry.text }));
  const gaps = facts.flatMap((fact) => (fact.type === 'requests' ? gapEntries(fact, zeroMs) : []));
  return [...told.map(({ entry }) => entry), ...gaps];
}

/** The rows of the logs. */
export function logEntries(lines: readonly ComponentLine[], zeroMs: number): TimelineEntry[] {
  return lines.map(({ atMs, isWholeSecond, component, level, text, moreLines }) => ({
    offsetMs: atMs - zeroMs,
    isRough: isWholeSecond,
    source: `log:${component}`,
    isWarning: level !== 'info',
    text:
      (level === 'info' ? '' : `${level}: `) +
      text +
      (moreLines === 0
        ? ''
        : ` (and ${moreLines} more ${moreLines === 1 ? 'line' : 'lines'} without a time)`),
  }));
}
