import { formatDuration } from '../../common/duration.ts';
import { explain } from '../../common/explained-error.ts';
import type { LiveObject } from '../../lab/kube/objects.ts';
import type { Results } from '../../reports/record/schema.ts';
import { unsteadiness } from '../runner/cluster-state.ts';
import { leaveOut } from '../runner/leave-out.ts';
import { busyProblem } from '../runner/machine-gates.ts';
import { awaitState } from '../runner/observer.ts';
import { untilBroken } from '../runner/trial.ts';
import type { WipeBench } from './bench.ts';
import { compareClusters } from './compare.ts';
import { memoryChanges } from './engine-memory.ts';
import { namesByApplication } from './follow-rebuild.ts';
import { readEngineObjects, readNamespaces } from './snapshot.ts';
import { goneWords } from './wipe-request.ts';
import type { WipeStage } from './wipe-stage.ts';

interface IterationOptions {
  readonly bench: WipeBench;
  readonly index: number;
  readonly timeoutMs: number;
  readonly holdMs: number;
  readonly limits: Results['plan']['limits'];
  readonly signal: AbortSignal;
  readonly onActivity: (text: string) => void;
  /** Counts a wait for the engine. */
  readonly waiting: <T>(wait: Promise<T>) => Promise<T>;
  /** Undefined where nothing is presented. */
  readonly stage: WipeStage | undefined;
}

/** All applications as Git has them, and the engine at rest. */
const steadyTimeoutMs = 180_000;

/** Waits for `work`, unless something of the lab ends by itself meanwhile. */
async function whole<T>({ observer, cluster }: WipeBench, work: Promise<T>): Promise<T> {
  const broken = untilBroken(cluster.lab, (component) => {
    observer.note({ type: 'component-exit', component });
  });
  return Promise.race([work, broken]);
}

function problemOf({ observer, trial }: WipeBench, revision: string): string | undefined {
  const names = namesByApplication(trial.condition.applications).flat();
  return unsteadiness(observer.state(), names, revision, true);
}

interface Snapshot {
  readonly objects: readonly LiveObject[];
  /** Those of the engine, which tell of its past, too. */
  readonly engine: readonly LiveObject[];
}

async function takeSnapshot({ cluster, applications, fleet }: WipeBench): Promise<Snapshot> {
  const { access } = cluster.lab;
  const namespaces = new Set(applications.map(({ namespace }) => namespace));
  const [own, engine] = await Promise.all([
    readNamespaces(access, namespaces),
    readEngineObjects(access, fleet.statusPath),
  ]);
  return { objects: [...own, ...engine], engine };
}

/** Waits until all is well, and has stayed so for the declared time; false at the time-out. */
async function untilHeld(
  revision: string,
  { bench, timeoutMs, holdMs, signal }: IterationOptions,
): Promise<boolean> {
  const { observer } = bench;
  const deadline = performance.now() + timeoutMs;
  for (;;) {
    const leftMs = Math.max(0, deadline - performance.now());
    const isWell = () => problemOf(bench, revision) === undefined;
    if (!(await awaitState(isWell, { observer, timeoutMs: leftMs, signal }))) return false;
    if (!(await awaitState(() => !isWell(), { observer, timeoutMs: holdMs, signal }))) return true;
  }
}

/** Rebuilds the cluster, and waits until all is as before; the lab has a cluster again when this settles, unless it throws. */
async function rebuild(revision: string, options: IterationOptions): Promise<boolean> {
  const failed = new AbortController();
  const signal = AbortSignal.any([options.signal, failed.signal]);
  const started = options.bench.startCluster();
  const held = untilHeld(revision, { ...options, signal });
  started.catch((error: unknown) => {
    failed.abort(error);
  });
  try {
    await started;
    return await whole(options.bench, held);
  } finally {
    held.catch(() => undefined);
  }
}

/** What keeps an iteration from beginning; undefined where all is steady. */
export async function steadinessProblem(
  revision: string,
  options: Pick<IterationOptions, 'bench' | 'limits' | 'signal'>,
): Promise<string | undefined> {
  const { bench, limits, signal } = options;
  const { observer } = bench;
  const problem = (): string | undefined => {
    const { machine } = observer.state();
    return problemOf(bench, revision) ?? (machine && busyProblem(machine, limits));
  };
  const wait = awaitState(() => problem() === undefined, { observer, timeoutMs: steadyTimeoutMs, signal });
  if (await whole(bench, wait)) return undefined;
  return `no steady state within ${formatDuration(steadyTimeoutMs)}: ${problem() ?? ''}`;
}

/** Notes that the iteration ends without a result. */
function giveUp({ bench, signal }: IterationOptions, reason: string): void {
  bench.observer.note({ type: 'watched', end: signal.aborted ? 'interrupted' : 'error', reason });
}

/** Commits a release and waits for the steady state; its hash, or undefined where it does not come. */
async function prepare(options: IterationOptions): Promise<string | undefined> {
  const { bench, onActivity } = options;
  const { name } = bench.trial.condition;
  onActivity(`${name}: a new release`);
  const revision = await bench.commitRelease();
  bench.observer.note({
    type: 'revision',
    revision,
    disturbance: name,
    kind: 'measured',
    phase: 'random',
    repeat: 0,
  });
  const unsteady = await options.waiting(steadinessProblem(revision, options));
  if (unsteady === undefined) return revision;
  giveUp(options, unsteady);
  return undefined;
}

/** Announces the iteration where it is presented; whether it goes on. The steady state is proven once more, for whoever presents may have talked for long. */
async function enterStage(revision: string, options: IterationOptions): Promise<boolean> {
  const { bench, index, stage } = options;
  if (stage === undefined) return true;
  if ((await whole(bench, stage.enter(index))) === 'left-out') {
    const { name } = bench.trial.condition;
    leaveOut(bench.observer, index, {
      disturbance: { name },
      kind: 'measured',
      phase: 'random',
      repeat: 0,
    });
    return false;
  }
  const unsteady = await options.waiting(steadinessProblem(revision, options));
  if (unsteady !== undefined) giveUp(options, unsteady);
  return unsteady === undefined;
}

/** Loses the cluster and rebuilds it; whether all is back. */
async function loseAndRebuild(revision: string, options: IterationOptions): Promise<boolean> {
  const { bench, onActivity } = options;
  const { observer, trial } = bench;
  const { name, loses = 'cluster' } = trial.condition;
  onActivity(`${name}: the cluster is lost`);
  observer.note({ type: 'disturbing', disturbance: name, kind: 'measured' });
  await bench.lose();
  observer.note({ type: 'disturbed', what: goneWords[loses], revision });
  onActivity(`${name}: rebuilding`);
  const isBack = await rebuild(revision, options).catch((error: unknown) => {
    giveUp(options, explain(error));
    throw error;
  });
  const head = await bench.head();
  if (head === revision) {
    observer.note({ type: 'watched', end: isBack ? 'recovered' : 'timeout', reason: '' });
    return isBack;
  }
  giveUp(options, `the rebuild committed ${head.slice(0, 7)} to Git`);
  return false;
}

/**
 * Makes one iteration: a new release, the steady state, what the cluster holds, its loss, the rebuild, and what the
 * rebuilt cluster holds. All that happens is recorded. Throws where the lab is of no more use.
 */
export async function runWipeIteration(options: IterationOptions): Promise<void> {
  const { bench, index, waiting, stage } = options;
  const { observer } = bench;
  observer.enter(index);
  const revision = await prepare(options);
  if (revision === undefined || !(await enterStage(revision, options))) return;
  observer.note({ type: 'steady', revision, phaseMs: 0 });
  const lost = await waiting(whole(bench, takeSnapshot(bench)));
  if (!(await waiting(loseAndRebuild(revision, options)))) return;
  const rebuilt = await waiting(whole(bench, takeSnapshot(bench)));
  if (stage !== undefined) await whole(bench, stage.compare(index));
  observer.note({ type: 'compared', ...compareClusters(lost.objects, rebuilt.objects) });
  observer.note({ type: 'engine-memory', changes: memoryChanges(lost.engine, rebuilt.engine) });
}
