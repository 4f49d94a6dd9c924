import type { Instrument } from '../record/calibration.ts';
import { schemaVersion, type EngineName, type Results } from '../record/schema.ts';

interface Plan {
  readonly engines: readonly EngineName[];
  readonly disturbances: readonly string[];
  readonly iterationsPerDisturbance: number;
  readonly seed: number;
}

/** Everything of made-up results but their iterations. */
export function madeUpFrame({ engines, disturbances, iterationsPerDisturbance, seed }: Plan): Results {
  return {
    schemaVersion,
    status: 'complete',
    statusReason: '',
    startedAt: '2026-01-02T03:04:05.000Z',
    finishedAt: '2026-01-02T03:12:09.500Z',
    resumedAt: [],
    scenario: {
      name: 'drift-recovery',
      question: 'How fast, and how surely, does a GitOps engine undo a change that was made by hand?',
      disturbances: disturbances.map((name) => ({ name, kind: 'drift', sentence: `Made up: ${name}` })),
      figures: [],
    },
    provenance: madeUpProvenance(seed),
    lab: { provider: 'embedded', podsAreSimulated: true, podStartMs: 500, nodes: 1 },
    profile: { name: 'matched', settings: { intervalMs: 10_000, retryIntervalMs: 10_000 } },
    plan: {
      iterationsPerDisturbance: Math.max(1, iterationsPerDisturbance),
      engines: [...engines],
      warmupsPerTrial: 1,
      maxReplacements: 4,
      timeoutMs: 300_000,
      holdMs: 2000,
      phaseMaxMs: 10_000,
      limits: { loadPerCore: 4, stealShare: 0.1, heldUpMs: 250 },
      thresholds: [],
    },
    engines: engines.map(madeUpEngine),
    predictions: [],
    cost: {
      totalMs: 484_500,
      waitingForEnginesMs: 430_000,
      harnessMeanCores: 0.031,
      harnessMaxMemoryBytes: 143_000_000,
    },
    iterations: [],
    instrument: madeUpInstrument,
  };
}

/** The calibration of a machine that never was. */
export const madeUpInstrument: Instrument = {
  calibratedAt: '2026-01-01T01:02:03.000Z',
  version: '0.1.0',
  operatingSystem: 'Made-up Linux 6.1',
  nodeVersion: 'v20.20.2',
  errorP99Ms: 2.25,
  conditions: [
    {
      name: '100-objects-idle',
      objects: 100,
      isBusy: false,
      samples: 300,
      busyShare: 0.2,
      error: { medianMs: 0.1, p99Ms: 2.25, worstMs: 3.5 },
    },
    {
      name: '100-objects-busy',
      objects: 100,
      isBusy: true,
      samples: 300,
      busyShare: 1,
      error: { medianMs: 0.4, p99Ms: 9.5, worstMs: 14 },
    },
  ],
};

function madeUpProvenance(seed: number): Results['provenance'] {
  return {
    version: '0.1.0',
    commit: '0123456789abcdef0123456789abcdef01234567',
    isClean: true,
    commandLine: ['npm', 'run', 'scenario', 'drift-recovery', '--', '--seed', String(seed)],
    seed,
    machine: {
      operatingSystem: 'Made-up Linux 6.1',
      architecture: 'x64',
      processor: 'Made-up processor',
      cores: 2,
      memoryBytes: 8 * 1024 ** 3,
      nodeVersion: 'v20.20.2',
      gitVersion: '2.39.5',
      loadAverageAtStart: 0.42,
    },
    programs: [
      {
        name: 'kube-apiserver',
        version: 'v1.36.3',
        origin: 'go',
        source: 'k8s.io/kubernetes/cmd/kube-apiserver@v1.36.3',
        sha256: '0'.repeat(64),
      },
      {
        name: 'flux',
        version: 'v2.9.5',
        origin: 'release',
        source: 'https://example.com/flux_2.9.5_linux_amd64.tar.gz',
        sha256: '1'.repeat(64),
      },
    ],
    notices: [],
  };
}

function madeUpEngine(engine: EngineName): Results['engines'][number] {
  return {
    engine,
    version: engine === 'flux' ? 'v2.9.5' : 'v3.2.11',
    installedBy: engine === 'flux' ? '`flux bootstrap git`' : 'its install manifests and one Application',
    settings: [
      {
        name: 'interval',
        value: '10s',
        readFrom: engine === 'flux' ? 'Kustomization apps/apps' : 'argocd-cm',
      },
      { name: 'a|b', value: '', readFrom: 'a setting with a pipe and no value' },
    ],
    trials: [
      {
        trial: 1,
        disturbances: ['delete-deployment'],
        controlPlaneStartMs: 4800,
        engineInstallMs: 9100,
        usage: [
          { component: `${engine}-controller`, meanCores: 0.042, maxMemoryBytes: 123_000_000, samples: 40 },
          { component: 'kube-apiserver', meanCores: 0.21, maxMemoryBytes: 410_000_000, samples: 40 },
        ],
      },
    ],
  };
}
