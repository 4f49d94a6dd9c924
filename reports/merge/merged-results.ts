import { schemaVersion, type Results, type Shard } from '../record/schema.ts';
import { shardNotices } from './notices.ts';
import { placedIterations, type PlacedShard } from './place.ts';

type EngineRecord = Results['engines'][number];

/** The results of the run that the shards make up. */
export function mergedResults(
  placed: readonly [PlacedShard, ...PlacedShard[]],
  commandLine: readonly string[],
): Results {
  const all = placed.map(({ results }) => results);
  const { scenario, lab, profile, plan, provenance } = placed[0].results;
  const shards = placed.flatMap(shardsOf);
  const { commit, isClean } = commonCheckout(shards);
  return {
    schemaVersion,
    ...statusOf(shards),
    startedAt: earliest(all.map(({ startedAt }) => startedAt)),
    finishedAt: latest(all.map(({ finishedAt }) => finishedAt)),
    resumedAt: [],
    scenario,
    provenance: {
      ...provenance,
      commit,
      isClean,
      commandLine: [...commandLine],
      notices: [...new Set([...shardNotices(shards), ...all.flatMap((one) => one.provenance.notices)])],
    },
    lab,
    profile,
    plan: { ...plan, iterationsPerDisturbance: sum(shards.map((shard) => shard.iterationsPerDisturbance)) },
    engines: plan.engines.flatMap((engine) => engineRecord(placed, engine)),
    // Each shard's are made from its own settings and measurements.
    predictions: [],
    cost: costOf(shards.map(({ cost }) => cost)),
    iterations: plan.engines.flatMap((engine) =>
      placed.flatMap(placedIterations).filter((iteration) => iteration.engine === engine),
    ),
    instrument: leastExact(shards),
    shards,
  };
}

/** A merged run brings its own shards, at their places in the new one. */
function shardsOf({ results, engines }: PlacedShard): Shard[] {
  const { shards } = results;
  if (shards === undefined) return [shardOf(results, engines)];
  return shards.map((shard) => ({
    ...shard,
    engines: shard.engines.map((own) => {
      const place = engines.find(({ engine }) => engine === own.engine);
      return {
        ...own,
        trialsBefore: own.trialsBefore + (place?.trialsBefore ?? 0),
        iterationsBefore: own.iterationsBefore + (place?.iterationsBefore ?? 0),
      };
    }),
  }));
}

function shardOf(results: Results, engines: PlacedShard['engines']): Shard {
  const { status, statusReason, startedAt, finishedAt, resumedAt, provenance, cost, instrument, plan } =
    results;
  const kept = { status, statusReason, startedAt, finishedAt, resumedAt, provenance, cost, instrument };
  return {
    ...kept,
    iterationsPerDisturbance: plan.iterationsPerDisturbance,
    engines: [...engines],
  };
}

/** A run is as complete as the least complete of its shards. */
function statusOf(shards: readonly Shard[]): Pick<Results, 'status' | 'statusReason'> {
  const cut = shards.filter(({ status }) => status !== 'complete');
  const worst = cut.find(({ status }) => status === 'failed') ?? cut[0];
  if (worst === undefined) return { status: 'complete', statusReason: '' };
  const statusReason = `${cut.length} of its ${shards.length} shards ${cut.length === 1 ? 'is' : 'are'} not complete`;
  return { status: worst.status, statusReason };
}

function commonCheckout(shards: readonly Shard[]): Pick<Results['provenance'], 'commit' | 'isClean'> {
  const [commit = null, ...otherCommits] = new Set(shards.map(({ provenance }) => provenance.commit));
  const states = shards.map(({ provenance }) => provenance.isClean);
  const isClean = states.includes(false) ? false : states.includes(null) ? null : true;
  return { commit: otherCommits.length === 0 ? commit : null, isClean };
}

function engineRecord(placed: readonly PlacedShard[], name: string): EngineRecord[] {
  const records = placed.flatMap((shard) => {
    const before = shard.engines.find(({ engine }) => engine === name)?.trialsBefore ?? 0;
    const own = shard.results.engines.filter(({ engine }) => engine === name);
    return own.map((record) => ({
      ...record,
      trials: record.trials.map((one) => ({ ...one, trial: one.trial + before })),
    }));
  });
  const [first] = records;
  return first === undefined ? [] : [{ ...first, trials: records.flatMap(({ trials }) => trials) }];
}

/** Machine time: what the shards took, one after the other. */
function costOf(costs: readonly Results['cost'][]): Results['cost'] {
  const totalMs = sum(costs.map((cost) => cost.totalMs));
  const busyMs = sum(costs.map((cost) => cost.harnessMeanCores * cost.totalMs));
  return {
    totalMs,
    waitingForEnginesMs: sum(costs.map((cost) => cost.waitingForEnginesMs)),
    harnessMeanCores: totalMs === 0 ? 0 : busyMs / totalMs,
    harnessMaxMemoryBytes: Math.max(...costs.map((cost) => cost.harnessMaxMemoryBytes)),
  };
}

/** No time of the run is less exact than this; null where that of one shard is not known. */
function leastExact(shards: readonly Shard[]): Results['instrument'] {
  const known = shards.flatMap(({ instrument }) => (instrument === null ? [] : [instrument]));
  if (known.length < shards.length) return null;
  return known.toSorted((left, right) => right.errorP99Ms - left.errorP99Ms)[0] ?? null;
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}

function earliest(times: readonly string[]): string {
  return inOrder(times)[0] ?? '';
}

function latest(times: readonly string[]): string {
  return inOrder(times).at(-1) ?? '';
}

function inOrder(times: readonly string[]): string[] {
  return times.toSorted((left, right) => Date.parse(left) - Date.parse(right));
}
