import type { Observation } from '../../reports/record/observation.ts';
import type { Figure } from '../scenario.ts';

type FactOf<Type extends Observation['type']> = Extract<Observation, { type: Type }>;
type Notification = FactOf<'notification'>;
type Facts = readonly Observation[];

/** What arrived from the disturbance on. */
function arrivals(facts: Facts): Notification[] {
  const startMs = facts.find(({ type }) => type === 'disturbing')?.atMs ?? Infinity;
  return facts.filter((fact) => fact.type === 'notification').filter(({ atMs }) => atMs >= startMs);
}

/** What the engine owed; undefined where nobody listened for it to the end. */
function owedBy(facts: Facts): FactOf<'listened'> | undefined {
  return facts.find((fact) => fact.type === 'listened');
}

/** The first arrival of what the engine owed. */
function delivery(facts: Facts): Notification | undefined {
  const owed = owedBy(facts);
  return arrivals(facts).find(
    ({ outcome, revision }) => outcome === owed?.outcome && revision === owed.revision,
  );
}

/** When the engine's own status first had what it owed; undefined where it never had. */
function saidMs(facts: Facts): number | undefined {
  const owed = owedBy(facts);
  const zeroMs = facts.find(({ type }) => type === 'disturbed')?.atMs ?? Infinity;
  return facts
    .filter((fact) => fact.type === 'engine')
    .filter(({ atMs }) => atMs >= zeroMs)
    .find(({ isSettled, hasFailed, revision }) =>
      owed?.outcome === 'failed' ? hasFailed : isSettled && revision === owed?.revision,
    )?.atMs;
}

/** The time from one moment to another; null where one of them is missing. */
function between(fromMs: number | undefined, toMs: number | undefined): number | null {
  return fromMs === undefined || toMs === undefined ? null : toMs - fromMs;
}

/** How much a count of the engine's own grew from the disturbance until listening ended. */
function grown(facts: Facts, count: 'sent' | 'givenUp'): number | null {
  const tallies = facts.filter((fact) => fact.type === 'notice-tally');
  const [first] = tallies;
  const last = tallies.at(-1);
  return first === undefined || last === undefined || first === last ? null : last[count] - first[count];
}

/** How many notifications the engine began to send, by its own log. */
export const noticesSent: Figure = {
  name: 'noticesSent',
  title: 'Notifications sent, by the log of the engine',
  unit: 'count',
  of: (facts) => grown(facts, 'sent'),
};

/** How many of those it says that it could not deliver. */
export const noticesGivenUp: Figure = {
  name: 'noticesGivenUp',
  title: 'Notifications that the engine gave up to deliver',
  unit: 'count',
  of: (facts) => grown(facts, 'givenUp'),
};

/** How many arrived, repetitions included. */
export const noticesDelivered: Figure = {
  name: 'noticesDelivered',
  title: 'Notifications delivered',
  unit: 'count',
  of: (facts) => (owedBy(facts) === undefined ? null : arrivals(facts).length),
};

/** How many arrivals told what another one had told before: of the same object, commit, occasion and outcome. */
export const noticesRepeated: Figure = {
  name: 'noticesRepeated',
  title: 'Notifications that told the same again',
  unit: 'count',
  of: (facts) => {
    if (owedBy(facts) === undefined) return null;
    const told = arrivals(facts).map(({ object, revision, reason, outcome }) =>
      [object, revision, reason, outcome].join(' '),
    );
    return told.length - new Set(told).size;
  },
};

/** 1 where what the engine owed had not arrived when listening ended, 0 where it had. */
export const noticesLost: Figure = {
  name: 'noticesLost',
  title: 'Notifications owed and never delivered',
  unit: 'count',
  of: (facts) => {
    if (owedBy(facts) === undefined) return null;
    return delivery(facts) === undefined ? 1 : 0;
  },
};

/** How many arrivals said the opposite of what was owed for the same commit. */
export const noticesWrong: Figure = {
  name: 'noticesWrong',
  title: 'Notifications that said the opposite of what became of the commit',
  unit: 'count',
  of: (facts) => {
    const owed = owedBy(facts);
    if (owed === undefined) return null;
    const opposite = owed.outcome === 'failed' ? 'succeeded' : 'failed';
    return arrivals(facts).filter(
      ({ outcome, revision }) => outcome === opposite && revision === owed.revision,
    ).length;
  },
};

/** From the push until the receiver had what was owed. */
export const timeToNotice: Figure = {
  name: 'timeToNoticeMs',
  title: 'From the push until the notification arrived',
  unit: 'ms',
  of: (facts) => between(facts.find(({ type }) => type === 'disturbed')?.atMs, delivery(facts)?.atMs),
};

/** From when the engine's own status had it, as its watch told, until it arrived: below zero where it was told before. */
export const noticeAfterStatus: Figure = {
  name: 'noticeAfterStatusMs',
  title: "From the engine's own status until the notification arrived",
  unit: 'ms',
  of: (facts) => between(saidMs(facts), delivery(facts)?.atMs),
};

/** From the return of the receiver until it had what was owed; null where it was not away, or had it before. */
export const noticeAfterReturn: Figure = {
  name: 'noticeAfterReturnMs',
  title: 'From the return of the receiver until the notification arrived',
  unit: 'ms',
  of: (facts) => {
    const returnedMs = facts.find((fact) => fact.type === 'step' && fact.step === 'fault-ended')?.atMs;
    const afterMs = between(returnedMs, delivery(facts)?.atMs);
    return afterMs !== null && afterMs >= 0 ? afterMs : null;
  },
};
