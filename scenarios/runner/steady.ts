import { formatDuration } from '../../common/duration.ts';
import type { Mistake } from '../scenario.ts';
import { exists, hasSettledAt, leftover, unbrokenness, unsteadiness } from './cluster-state.ts';
import { objectNames } from './judge.ts';
import { busyProblem } from './machine-gates.ts';
import { awaitState } from './observer.ts';
import type { PlannedIteration } from './plan.ts';
import type { TrialContext } from './trial-context.ts';

/** A steady state takes a sync and its health checks; an engine that backs off takes longer. */
const steadyTimeoutMs = 180_000;

/** What is wrong with the state now; undefined where a planned iteration may start from it. */
export function problemOf(
  { observer, scenario, limits }: TrialContext,
  planned: PlannedIteration,
  revision: string,
) {
  const state = observer.state();
  const mayHaveAttempts = planned.repeat > 0;
  const unsteady = unsteadiness(state, objectNames(scenario.application), revision, mayHaveAttempts);
  return unsteady ?? (state.machine && busyProblem(state.machine, limits));
}

/** What the wait for a steady state came to. */
type Steadiness = 'steady' | 'spent' | { readonly problem: string };

/**
 * Whether the engine has corrected something by itself on a new revision already, as Argo CD does now and then when its
 * cache lags behind its sync: its backoff will not be at zero again on this one.
 */
function isSpent({ observer, scenario }: TrialContext, planned: PlannedIteration, revision: string): boolean {
  const state = observer.state();
  // The next revision would be spent by the same clearing up.
  if (leftover(state, objectNames(scenario.application)) !== undefined) return false;
  const attempts = state.engine?.attempts ?? 0;
  return planned.repeat === 0 && hasSettledAt(state, revision) && attempts > 0;
}

/** Removes what the engine has left behind, once it has done with the revision that no longer has it. */
async function clearUp(context: TrialContext, revision: string): Promise<void> {
  const { access, observer, scenario, signal, waiting } = context;
  const { leaves = [] } = scenario;
  if (leaves.length === 0) return;
  const hasDone = () => hasSettledAt(observer.state(), revision);
  if (!(await waiting(awaitState(hasDone, { observer, timeoutMs: steadyTimeoutMs, signal })))) return;
  const left = leaves.filter(({ kind, name }) => exists(observer.state().objects.get(`${kind}/${name}`)));
  await Promise.all(left.map(async (object) => access.remove(object)));
}

/** Waits for the steady state, or until it can't come any more on this revision. */
export async function untilSteady(
  context: TrialContext,
  planned: PlannedIteration,
  revision: string,
): Promise<Steadiness> {
  const { observer, signal, waiting } = context;
  const problem = () => problemOf(context, planned, revision);
  await clearUp(context, revision);
  const isDecided = () => problem() === undefined || isSpent(context, planned, revision);
  const wait = awaitState(isDecided, { observer, timeoutMs: steadyTimeoutMs, signal });
  if (await waiting(wait)) return problem() === undefined ? 'steady' : 'spent';
  return { problem: `no steady state within ${formatDuration(steadyTimeoutMs)}: ${problem() ?? ''}` };
}

/** A mistake is in the cluster after one sync, and is to be mended long before an engine gives up on it. */
const mistakeTimeoutMs = 60_000;

/** What keeps a mistake from being in the cluster; undefined where it is. */
export function mistakeProblem({ observer, scenario }: TrialContext, mistake: Mistake): string | undefined {
  return unbrokenness(observer.state(), objectNames(scenario.application), mistake);
}

/** Waits until a mistake in Git is in the cluster; why it did not come there, or undefined where it did. */
export async function untilBroken(context: TrialContext, mistake: Mistake): Promise<string | undefined> {
  const { observer, signal, waiting } = context;
  const { removes = [] } = mistake;
  // What is removed may be gone before the engine has ended its removal, and what comes back then would get into it.
  const isRemoving = () => removes.length > 0 && observer.state().engine?.isSettled !== true;
  const problem = () =>
    mistakeProblem(context, mistake) ?? (isRemoving() ? 'the engine is still removing' : undefined);
  const wait = awaitState(() => problem() === undefined, { observer, timeoutMs: mistakeTimeoutMs, signal });
  if (await waiting(wait)) return undefined;
  return `the mistake was not applied within ${formatDuration(mistakeTimeoutMs)}: ${problem() ?? ''}`;
}
