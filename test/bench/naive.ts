import { embedded } from '../../lab/embedded/provider.ts';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { formatDuration } from '../../common/duration.ts';
import type { KubeAccess } from '../../lab/kube/kube-access.ts';
import { toolchainProgress } from '../../lab/toolchain/terminal.ts';
import type { EngineName } from '../../reports/record/schema.ts';
import { quantileOf } from '../../reports/statistics/quantile.ts';
import { driftRecovery } from '../../scenarios/drift-recovery.ts';
import { builtInProfiles } from '../../scenarios/profiles/built-in.ts';
import { runScenario } from '../../scenarios/runner/run-scenario.ts';
import type { Drift, Scenario } from '../../scenarios/scenario.ts';

const deletions = 20;
const everyMs = 1000;
const configMapPath = '/api/v1/namespaces/shop/configmaps/web';

/** One deletion, timed in both ways, in milliseconds. */
interface Pair {
  readonly trueMs: number;
  readonly naiveMs: number;
}

async function isThere(access: KubeAccess): Promise<boolean> {
  return access.get(configMapPath).then(
    () => true,
    () => false,
  );
}

/** As a shell loop times it: the delete command, then a look every second until the object is there, by the clock on the wall. */
async function timeNaively(access: KubeAccess, remove: () => Promise<void>): Promise<number> {
  const startMs = Date.now();
  await remove();
  while (!(await isThere(access))) await delay(everyMs);
  return Date.now() - startMs;
}

function deleteConfigMap(): Drift {
  const found = driftRecovery.disturbances.find(({ name }) => name === 'delete-configmap');
  if (found === undefined) throw new Error('drift-recovery has no delete-configmap');
  return found;
}

/** Has an engine correct the same deletions, which the harness and the loop time side by side. */
async function timeBoth(engine: EngineName, outputRoot: string): Promise<Pair[]> {
  const naive: Promise<number>[] = [];
  const usual = deleteConfigMap();
  const disturbance: Drift = {
    ...usual,
    act: async (access) =>
      new Promise((resolve, reject) => {
        const removed = async (): Promise<void> => usual.act(access).then(resolve);
        const timed = timeNaively(access, removed);
        timed.catch(reject);
        naive.push(timed);
      }),
  };
  const scenario: Scenario = { ...driftRecovery, disturbances: [disturbance] };
  const [profile] = builtInProfiles;
  const { results } = await runScenario(
    {
      scenario,
      disturbances: [disturbance],
      engines: [engine],
      lab: embedded,
      nodes: 1,
      profile,
      iterations: deletions,
      timeoutMs: 60_000,
      seed: 20,
      outputRoot,
      keepLab: false,
      thresholds: [],
      commandLine: [],
    },
    {
      environment: process.env,
      progress: () => undefined,
      toolchainProgress: toolchainProgress(process.stdout),
      signal: new AbortController().signal,
      onRecording: () => undefined,
      whileKept: async () => Promise.resolve(),
    },
  );
  const naiveMs = await Promise.all(naive);
  const disturbed = results.iterations.filter(({ disturbedAtMs }) => disturbedAtMs !== null);
  return disturbed.flatMap(({ kind, verdict, timeToRestoreMs }, index): Pair[] => {
    const own = naiveMs[index];
    const counts =
      kind === 'measured' && verdict === 'valid' && timeToRestoreMs !== null && own !== undefined;
    return counts ? [{ trueMs: timeToRestoreMs, naiveMs: own }] : [];
  });
}

function inWords(title: string, valuesMs: readonly number[]): string {
  const samples = valuesMs.map((valueMs) => ({ valueMs, isCensored: false }));
  const at = (probability: number) => formatDuration(quantileOf(samples, probability).valueMs);
  return `${title.padEnd(32)} median ${at(0.5)}, ${at(0)} to ${at(1)}`;
}

/** Sets the harness beside a loop that looks every second, on the same deletions, as lines for a terminal. */
export async function benchNaive(): Promise<string[]> {
  const outputRoot = await mkdtemp(path.join(tmpdir(), 'gitops-lab-naive-'));
  try {
    const lines: string[] = [];
    for (const engine of ['flux', 'argocd'] as const) {
      const pairs = await timeBoth(engine, outputRoot);
      lines.push(
        `${engine}, ${pairs.length} deletions of a ConfigMap`,
        inWords(
          '  the harness',
          pairs.map(({ trueMs }) => trueMs),
        ),
        inWords(
          '  a look every second',
          pairs.map(({ naiveMs }) => naiveMs),
        ),
        inWords(
          '  how far the look is off',
          pairs.map(({ trueMs, naiveMs }) => Math.abs(naiveMs - trueMs)),
        ),
      );
    }
    return lines;
  } finally {
    await rm(outputRoot, { recursive: true, force: true });
  }
}
