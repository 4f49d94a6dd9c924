import { formatDuration } from '../../common/duration.ts';
import type { Observation } from '../../reports/record/observation.ts';
import type { Iteration, Results } from '../../reports/record/schema.ts';
import { nextState, unsteadiness, type ClusterState } from '../runner/cluster-state.ts';
import { findFact, type FactOf } from '../runner/facts-of.ts';
import { leftOutIteration } from '../runner/leave-out.ts';
import { machineProblem } from '../runner/machine-gates.ts';
import type { Recovery } from '../runner/recovery.ts';
import { differingCount } from './compare.ts';
import { namesByApplication, RebuildTracker } from './follow-rebuild.ts';

type Judged = Pick<Iteration, 'verdict' | 'reason'>;

const invalid = (reason: string): Judged => ({ verdict: 'invalid', reason });

interface Evidence {
  readonly facts: readonly Observation[];
  readonly unsteady: string | undefined;
  readonly rebuild: Recovery;
  readonly limits: Results['plan']['limits'];
  readonly watchedForMs: number;
}

function differenceReason({ objects, differing, missing, extra }: FactOf<'compared'>): string {
  const [first] = [
    ...differing.map(({ object, paths }) => `${object} in ${paths.join(', ')}`),
    ...missing.map((object) => `${object} is missing`),
    ...extra.map((object) => `${object} is new`),
  ];
  const count = differingCount({ differing, missing, extra });
  return `the rebuilt cluster is not as the lost one was, in ${count} of ${objects} objects: ${first ?? ''}`;
}

/** Every gate that an iteration has to pass, in the order in which a reader would ask. */
function verdictOf({ facts, unsteady, rebuild, limits, watchedForMs }: Evidence): Judged {
  const exit = findFact(facts, 'component-exit');
  if (exit !== undefined) return invalid(`${exit.component} ended unexpectedly`);
  const end = findFact(facts, 'watched');
  if (end === undefined) return invalid('the run ended before the iteration did');
  const lost = facts.findIndex(({ type }) => type === 'disturbed');
  if (lost === -1 || end.end === 'error' || end.end === 'interrupted') return invalid(end.reason);
  if (unsteady !== undefined) return invalid(`lost before the steady state: ${unsteady}`);
  const gap = findFact(facts.slice(lost), 'watch-gap');
  if (gap !== undefined)
    return invalid(`the watch of ${gap.resource} had a gap, so that its times are bounds only`);
  // To install an engine keeps the harness itself at work; how long it was held up is a figure of its own.
  const machine = machineProblem(facts.slice(lost), { ...limits, heldUpMs: Infinity }, watchedForMs);
  if (machine !== undefined) return invalid(machine);
  if (end.end !== 'recovered') {
    const missing =
      rebuild.restoredAtMs === null
        ? 'not restored'
        : rebuild.readyAtMs === null
          ? 'not ready'
          : 'the engine did not settle';
    return { verdict: 'censored', reason: `${missing} within ${formatDuration(watchedForMs)}` };
  }
  const compared = findFact(facts, 'compared');
  if (compared === undefined) return invalid('the rebuilt cluster was not held against the lost one');
  if (differingCount(compared) > 0) return invalid(differenceReason(compared));
  return { verdict: 'valid', reason: '' };
}

/** Of a pause that comes when all is measured, what the machine and the watches did in it or after it says nothing. */
function withoutLastPause(facts: readonly Observation[]): readonly Observation[] {
  const watchedMs = findFact(facts, 'watched')?.atMs ?? Infinity;
  const pause = facts.find(
    (fact): fact is FactOf<'announced'> => fact.type === 'announced' && fact.atMs > watchedMs,
  );
  if (pause === undefined) return facts;
  const begunMs = pause.atMs - pause.waitedMs;
  return facts.filter(({ type, atMs }) => atMs < begunMs || (type !== 'machine' && type !== 'watch-gap'));
}

interface WipeRules {
  readonly limits: Results['plan']['limits'];
  /** How many applications each condition has, by its name. */
  readonly applicationsOf: (condition: string) => number;
}

/**
 * Judges one iteration by its facts alone, in the order in which they were recorded; `start` is the state before the
 * first of them. Undefined where they tell of no iteration.
 */
export function judgeWipe(
  start: ClusterState,
  recorded: readonly Observation[],
  rules: WipeRules,
): Iteration | undefined {
  const facts = withoutLastPause(recorded);
  const [first] = facts;
  const planned = findFact(facts, 'revision');
  const leftOut = findFact(facts, 'left-out');
  if (first === undefined || first.engine === 'reference') return undefined;
  if (leftOut !== undefined) return leftOutIteration(leftOut, first.engine, planned?.revision ?? '');
  if (planned === undefined) return undefined;
  const applications = rules.applicationsOf(planned.disturbance);
  const { revision } = planned;
  const zero = findFact(facts, 'disturbed');
  const sent = facts.findIndex(({ type }) => type === 'disturbing');
  const before = facts.slice(0, Math.max(0, sent)).reduce(nextState, start);
  const after = zero === undefined ? [] : facts.slice(facts.indexOf(zero));
  const watchedAt = after.findIndex(({ type }) => type === 'watched');
  const tracker = new RebuildTracker(applications, revision);
  for (const fact of watchedAt === -1 ? after : after.slice(0, watchedAt)) tracker.observe(fact);
  const rebuild = tracker.recovery;
  const endMs = findFact(after, 'watched')?.atMs ?? facts.at(-1)?.atMs ?? 0;
  const watchedForMs = zero === undefined ? 0 : endMs - zero.atMs;
  const since = (atMs: number | null | undefined): number | null =>
    zero === undefined || atMs === null || atMs === undefined ? null : atMs - zero.atMs;
  const reached = (what: FactOf<'reached'>['what']): number | null =>
    since(after.find((fact) => fact.type === 'reached' && fact.what === what)?.atMs);
  const compared = findFact(facts, 'compared');
  const readings = after.filter((fact) => fact.type === 'machine');
  return {
    index: first.iteration,
    engine: first.engine,
    trial: first.trial,
    disturbance: planned.disturbance,
    kind: planned.kind,
    ...verdictOf({
      facts,
      unsteady: unsteadiness(before, namesByApplication(applications).flat(), revision, true),
      rebuild,
      limits: rules.limits,
      watchedForMs,
    }),
    revision,
    phase: planned.phase,
    phaseMs: 0,
    repeat: 0,
    attemptsBefore: 0,
    timesAreBounds: findFact(after, 'watch-gap') !== undefined,
    disturbedAtMs: zero?.atMs ?? null,
    timeToDetectMs: since(rebuild.detectedAtMs),
    timeToRestoreMs: since(rebuild.restoredAtMs),
    timeToReadyMs: since(rebuild.readyAtMs),
    timeToSettleMs: since(rebuild.settledAtMs),
    watchedForMs,
    figures: {
      timeToApiServerMs: reached('api-server'),
      timeToControlPlaneMs: reached('control-plane'),
      timeToEngineMs: reached('engine'),
      timeToFirstApplicationMs: since(tracker.firstApplicationAtMs),
      objectsCompared: compared?.objects ?? null,
      objectsDiffering: compared === undefined ? null : differingCount(compared),
      heldUpMs: readings.length === 0 ? null : Math.max(...readings.map(({ heldUpMs }) => heldUpMs)),
    },
  };
}
