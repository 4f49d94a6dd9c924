import { gaveUpReason } from '../../reports/record/given-up.ts';
import type { Observation } from '../../reports/record/observation.ts';
import type { Iteration, Results } from '../../reports/record/schema.ts';
import { formatDuration } from '../../common/duration.ts';
import type { Application, Disturbance, Mistake, ObjectName, Scenario } from '../scenario.ts';
import { nextState, nothingKnown, unbrokenness, unsteadiness, type ClusterState } from './cluster-state.ts';
import { machineProblem } from './machine-gates.ts';
import { holdOf, notDisturbed, RecoveryTracker, type Recovery } from './recovery.ts';
import { findFact, type FactOf } from './facts-of.ts';
import { leftOutIteration } from './leave-out.ts';

/** The objects that a steady state is made of: those in Git, and the endpoints of its Services. */
export function objectNames({ objectsAt }: Application): ObjectName[] {
  const objects = objectsAt(0).map(({ kind, metadata }): ObjectName => `${kind}/${metadata.name}`);
  return objects.flatMap((name): ObjectName[] =>
    name.startsWith('Service/') ? [name, name.replace('Service/', 'Endpoints/') as ObjectName] : [name],
  );
}

interface Judged {
  readonly verdict: Iteration['verdict'];
  readonly reason: string;
}

const valid: Judged = { verdict: 'valid', reason: '' };
const invalid = (reason: string): Judged => ({ verdict: 'invalid', reason });

function censored(
  { recovery, watchedForMs, notRestored }: Pick<Evidence, 'recovery' | 'watchedForMs' | 'notRestored'>,
  gaveUp: boolean,
): Judged {
  const { restoredAtMs, readyAtMs } = recovery;
  const missing =
    restoredAtMs === null ? notRestored : readyAtMs === null ? 'not ready' : 'the engine did not settle';
  const why = gaveUp ? `: ${gaveUpReason}` : '';
  return { verdict: 'censored', reason: `${missing} within ${formatDuration(watchedForMs)}${why}` };
}

/** What the run was held to. */
export type JudgeRules = Pick<Results['plan'], 'limits' | 'holdMs'>;

/** Time-outs may fire this much early (https://nodejs.org/api/timers.html). */
const timerToleranceMs = 2;

/** Whether all had been well for the declared window when watching ended. */
function wasHeld({ readyAtMs, settledAtMs }: Recovery, endMs: number, holdMs: number): boolean {
  if (readyAtMs === null || settledAtMs === null) return false;
  return endMs - Math.max(readyAtMs, settledAtMs) >= holdMs - timerToleranceMs;
}

/** The facts from the steady state on: a machine that was busy before has calmed down by then. */
function sinceSteady(facts: readonly Observation[]): readonly Observation[] {
  return facts.slice(
    Math.max(
      0,
      facts.findLastIndex(({ type }) => type === 'steady'),
    ),
  );
}

interface Evidence {
  /** What the disturbance is to mend. */
  readonly mistake: Mistake | undefined;
  /** Nothing is owed to the receiver, or it was listened to for that to the end. */
  readonly wasListened: boolean;
  /** What became of the requests of clients; undefined where there were to be none. */
  readonly requests: { readonly fact: FactOf<'requests'> | undefined } | undefined;
  /** Neither has it a mistake to apply, nor is it to be struck at work. */
  readonly mustBeIdle: boolean;
  /** What the engine had applied before the iteration began. */
  readonly revisionBefore: string | undefined;
  readonly rules: JudgeRules;
  /** How long the recovery had to last. */
  readonly holdMs: number;
  readonly repeat: number;
  readonly endMs: number;
  readonly facts: readonly Observation[];
  readonly names: readonly ObjectName[];
  readonly revision: string;
  /** The state in which the disturbance was sent. */
  readonly before: ClusterState;
  /** The state in which the API server had committed it. */
  readonly atCommit: ClusterState;
  readonly recovery: Recovery;
  readonly watchedForMs: number;
  /** What is said where it was never restored. */
  readonly notRestored: string;
}

/**
 * A watch that broke off, unless the API server was away on purpose just then: what happens meanwhile nobody can see, and the
 * watches list anew before the iteration goes on.
 */
function unexpectedGap(facts: readonly Observation[]): FactOf<'watch-gap'> | undefined {
  let isAway = false;
  for (const fact of facts) {
    if (fact.type === 'step' && fact.step === 'api-away') isAway = true;
    if (fact.type === 'step' && fact.step === 'api-back') isAway = false;
    if (fact.type === 'watch-gap' && !isAway) return fact;
  }
  return undefined;
}

/** Why what became of the requests says nothing of the disturbance; undefined where it does. */
function requestsProblem(requests: Evidence['requests']): string | undefined {
  if (requests === undefined) return undefined;
  const { fact } = requests;
  if (fact === undefined) return 'the run ended before the requests were counted';
  if (fact.failedBefore > 0) return `${fact.failedBefore} requests failed before the disturbance`;
  if (fact.unsent > 0)
    return `the machine was too busy: ${fact.unsent} requests could not be sent when they were due`;
  return fact.sent === 0 ? 'no request was sent after the disturbance' : undefined;
}

/** Every gate that an iteration has to pass, in the order in which a reader would ask. */
function verdictOf(evidence: Evidence): Judged {
  const { facts, names, revision, before, atCommit, recovery, watchedForMs, rules, repeat, endMs } = evidence;
  const exit = findFact(facts, 'component-exit');
  // It ends the run, too: asked first, or its reason would be "interrupted".
  if (exit !== undefined) return invalid(`${exit.component} ended unexpectedly`);
  const end = findFact(facts, 'watched');
  if (end === undefined) return invalid('the run ended before the iteration did');
  if (findFact(facts, 'disturbing') === undefined) return invalid(end.reason);
  if (repeat === 0 && evidence.revisionBefore === revision)
    return invalid('not made on a fresh revision: the engine had applied it before');
  const { mistake } = evidence;
  const unsteady =
    mistake === undefined
      ? unsteadiness(before, names, revision, repeat > 0)
      : unbrokenness(before, names, mistake);
  if (unsteady !== undefined) {
    const due = mistake === undefined ? 'the steady state' : 'the mistake was applied';
    return invalid(`disturbed before ${due}: ${unsteady}`);
  }
  if (end.end === 'error' || end.end === 'interrupted') return invalid(end.reason);
  if (recovery.disturbedAtMs === null) return invalid('the API server never told of the disturbance');
  if (evidence.mustBeIdle && atCommit.engine?.isWorking === true)
    return invalid('the engine was at work when the disturbance was committed');
  const gap = unexpectedGap(facts);
  if (gap !== undefined)
    return invalid(`the watch of ${gap.resource} had a gap, so that its times are bounds only`);
  const machine = machineProblem(sinceSteady(facts), rules.limits, watchedForMs);
  if (machine !== undefined) return invalid(machine);
  if (end.end === 'recovered' && !wasHeld(recovery, endMs, evidence.holdMs))
    return invalid(`the recovery was not seen to last for ${formatDuration(evidence.holdMs)}`);
  if (!evidence.wasListened) return invalid('the run ended before the notification had its time to arrive');
  const unserved = requestsProblem(evidence.requests);
  if (unserved !== undefined) return invalid(unserved);
  if (end.end === 'recovered') return valid;
  // Nothing but the end itself tells why watching ended before the time-out.
  if (end.reason !== '') return { verdict: 'censored', reason: end.reason };
  return censored(evidence, end.end === 'gave-up');
}

/** The facts up to the first of a type: what comes later, before the next iteration begins, says nothing of this one. */
function until(type: Observation['type'], facts: readonly Observation[]): readonly Observation[] {
  const end = facts.findIndex((fact) => fact.type === type);
  return end === -1 ? facts : facts.slice(0, end + 1);
}

/** The four times end with the watching; what is told after that, of notifications and requests, belongs to the figures, too. */
function untilAllIsTold(
  { requests }: Scenario,
  disturbance: Disturbance | undefined,
  recorded: readonly Observation[],
): readonly Observation[] {
  if (requests !== undefined) return until('requests', recorded);
  return until(disturbance?.notice === undefined ? 'watched' : 'listened', recorded);
}

/** Of the facts since the last revision: what was begun on one that was given up is no part of the iteration. */
function figuresOf({ figures = [] }: Scenario, recorded: readonly Observation[]): Iteration['figures'] {
  const facts = recorded.slice(recorded.findLastIndex(({ type }) => type === 'revision'));
  return Object.fromEntries(figures.map((figure) => [figure.name, figure.of(facts)]));
}

/**
 * Judges one iteration by its facts alone: those that carry its index, in the order in which they were recorded.
 * `start` is the state before the first of them.
 */
export function judgeIteration(
  start: ClusterState,
  recorded: readonly Observation[],
  scenario: Scenario,
  rules: JudgeRules,
): Iteration | undefined {
  const facts = until('watched', recorded);
  const [first] = facts;
  const intent = findFact(facts, 'disturbing');
  const leftOut = findFact(facts, 'left-out');
  const planned = facts.findLast((fact): fact is FactOf<'revision'> => fact.type === 'revision');
  if (first === undefined || first.engine === 'reference') return undefined;
  if (leftOut !== undefined) return leftOutIteration(leftOut, first.engine, planned?.revision ?? '');
  if (planned === undefined) return undefined;
  const disturbance = scenario.disturbances.find(({ name }) => name === planned.disturbance);
  const { revision, phase, repeat } = planned;
  let state = start;
  let before = start;
  let atCommit = start;
  let tracker: RecoveryTracker | undefined;
  for (const fact of facts) {
    state = nextState(state, fact);
    if (fact === intent && disturbance !== undefined) {
      before = state;
      tracker = new RecoveryTracker(disturbance, revision, state);
    }
    tracker?.observe(fact);
    const isZero = fact.type === 'object' || fact.type === 'disturbed';
    if (isZero && tracker?.recovery.disturbedAtMs === fact.atMs) atCommit = state;
  }
  const recovery = tracker?.recovery ?? notDisturbed;
  const zeroMs = recovery.disturbedAtMs;
  const after = (atMs: number | null): number | null =>
    atMs === null || zeroMs === null ? null : atMs - zeroMs;
  const endMs = findFact(facts, 'watched')?.atMs ?? facts.at(-1)?.atMs ?? 0;
  const watchedForMs = zeroMs === null ? 0 : endMs - zeroMs;
  const names = objectNames(scenario.application);
  const mistake = disturbance?.kind === 'change' ? disturbance.after : undefined;
  const isToBeUndone = disturbance?.kind === 'change' && disturbance.outcome === 'undone';
  return {
    index: first.iteration,
    engine: first.engine,
    trial: first.trial,
    disturbance: planned.disturbance,
    kind: planned.kind,
    ...verdictOf({
      mistake,
      wasListened: disturbance?.notice === undefined || findFact(recorded, 'listened') !== undefined,
      requests: scenario.requests && { fact: findFact(recorded, 'requests') },
      notRestored: isToBeUndone ? 'not gone back to the old version' : 'not corrected',
      mustBeIdle: mistake === undefined && (disturbance?.kind === 'drift' || disturbance?.kind === 'change'),
      holdMs: holdOf(disturbance, rules.holdMs),
      revisionBefore: start.engine?.revision,
      facts,
      names,
      revision,
      before,
      atCommit,
      recovery,
      watchedForMs,
      rules,
      repeat,
      endMs,
    }),
    revision,
    phase,
    phaseMs: facts.findLast((fact): fact is FactOf<'steady'> => fact.type === 'steady')?.phaseMs ?? 0,
    repeat,
    attemptsBefore: before.engine?.attempts ?? 0,
    timesAreBounds: unexpectedGap(facts) !== undefined,
    disturbedAtMs: zeroMs,
    timeToDetectMs: after(recovery.detectedAtMs),
    timeToRestoreMs: after(recovery.restoredAtMs),
    timeToReadyMs: after(recovery.readyAtMs),
    timeToSettleMs: after(recovery.settledAtMs),
    watchedForMs,
    figures: figuresOf(scenario, untilAllIsTold(scenario, disturbance, recorded)),
  };
}

/** Judges a whole history again, as the run itself judged it while it went on. */
export function judgeHistory(
  history: readonly Observation[],
  scenario: Scenario,
  rules: JudgeRules,
): Iteration[] {
  const nameOf = ({ engine, trial }: Observation) => `${engine} ${trial}`;
  const trials = [...new Set(history.map(nameOf))];
  return trials.flatMap((trial) => {
    const facts = history.filter((fact) => nameOf(fact) === trial);
    const indices = [...new Set(facts.map(({ iteration }) => iteration))];
    let state = nothingKnown;
    return indices.flatMap((index) => {
      const own = facts.filter(({ iteration }) => iteration === index);
      const judged = judgeIteration(state, own, scenario, rules);
      state = own.reduce(nextState, state);
      return judged === undefined ? [] : [judged];
    });
  });
}
