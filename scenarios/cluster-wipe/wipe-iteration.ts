import { formatDuration } from '../../common/duration.ts';
import { explain } from '../../common/explained-error.ts';
import type { LiveObject } from '../../lab/kube/objects.ts';
import type { Results } from '../../reports/record/schema.ts';
import { unsteadiness } from '../runner/cluster-state.ts';
import { busyProblem } from '../runner/machine-gates.ts';
import { awaitState } from '../runner/observer.ts';
import { untilBroken } from '../runner/trial.ts';
import type { WipeBench } from './bench.ts';
import { compareClusters } from './compare.ts';
import { memoryChanges } from './engine-memory.ts';
import { namesByApplication } from './judge-wipe.ts';
import { readEngineObjects, readNamespaces } from './snapshot.ts';
import { goneWords } from './wipe-request.ts';

interface IterationOptions {
  readonly bench: WipeBench;
  readonly index: number;
  readonly timeoutMs: number;
  readonly holdMs: number;
  readonly limits: Results['plan']['limits'];
  readonly signal: AbortSignal;
  readonly onActivity: (text: string) => void;
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

/**
 * Makes one iteration: a new release, the steady state, what the cluster holds, its loss, the rebuild, and what the
 * rebuilt cluster holds. All that happens is recorded. Throws where the lab is of no more use.
 */
export async function runWipeIteration(options: IterationOptions): Promise<void> {
  const { bench, index, onActivity } = options;
  const { observer, trial } = bench;
  const { name } = trial.condition;
  observer.enter(index);
  onActivity(`${name}: a new release`);
  const revision = await bench.commitRelease();
  observer.note({
    type: 'revision',
    revision,
    disturbance: name,
    kind: 'measured',
    phase: 'random',
    repeat: 0,
  });
  const unsteady = await steadinessProblem(revision, options);
  if (unsteady !== undefined) {
    observer.note({ type: 'watched', end: 'error', reason: unsteady });
    return;
  }
  observer.note({ type: 'steady', revision, phaseMs: 0 });
  const lost = await whole(bench, takeSnapshot(bench));
  onActivity(`${name}: the cluster is lost`);
  observer.note({ type: 'disturbing', disturbance: name, kind: 'measured' });
  await bench.lose();
  observer.note({ type: 'disturbed', what: goneWords[trial.condition.loses ?? 'cluster'], revision });
  onActivity(`${name}: rebuilding`);
  const isBack = await rebuild(revision, options).catch((error: unknown) => {
    observer.note({
      type: 'watched',
      end: options.signal.aborted ? 'interrupted' : 'error',
      reason: explain(error),
    });
    throw error;
  });
  const head = await bench.head();
  if (head !== revision) {
    observer.note({
      type: 'watched',
      end: 'error',
      reason: `the rebuild committed ${head.slice(0, 7)} to Git`,
    });
    return;
  }
  observer.note({ type: 'watched', end: isBack ? 'recovered' : 'timeout', reason: '' });
  if (!isBack) return;
  const rebuilt = await whole(bench, takeSnapshot(bench));
  observer.note({ type: 'compared', ...compareClusters(lost.objects, rebuilt.objects) });
  observer.note({ type: 'engine-memory', changes: memoryChanges(lost.engine, rebuilt.engine) });
}
