import test from 'ava';
import type { Iteration } from '../../reports/record/schema.ts';
import { driftRecovery } from '../../scenarios/drift-recovery.ts';
import { gitOutageScenario } from '../../scenarios/git-outage.ts';
import { manualBaseline } from '../../scenarios/manual-baseline.ts';
import { notification } from '../../scenarios/notification.ts';
import type { Scenario } from '../../scenarios/scenario.ts';
import { documented } from '../documented/pages.ts';
import { labNames, leftProcesses, makePlace } from '../support.ts';
import { makeRun, told } from './make-run.ts';

const minutes = 60_000;

/** What a page suggests besides the plain run of a scenario. */
interface Variant {
  readonly scenario: Scenario;
  readonly command: string;
  readonly words: readonly string[];
  /** What comes out of each of its iterations, whatever the machine, by engine and disturbance. */
  readonly expected: Readonly<Record<string, (iteration: Iteration) => boolean>>;
}

const lasted = ({ figures }: Iteration): number => figures['faultLastedMs'] ?? 0;
const isByHand = ({ figures }: Iteration): boolean => (figures['steps'] ?? 0) > 0;
const isByEngine = ({ figures }: Iteration): boolean => figures['steps'] === 0;

const variants: readonly Variant[] = [
  {
    scenario: driftRecovery,
    command: documented('npm run scenario drift-recovery -- --only delete-namespace --iterations 2'),
    words: ['--engine=flux'],
    // Flux waits for 60 s for a namespace that was terminating.
    expected: { 'flux delete-namespace': ({ timeToReadyMs }) => (timeToReadyMs ?? 0) > minutes },
  },
  {
    scenario: gitOutageScenario,
    command: documented('npm run scenario git-outage -- --only outage-60s --iterations 5'),
    words: ['--engine=flux'],
    expected: {
      'flux outage-60s': (iteration) => {
        const correctedMs = iteration.figures['correctedDuringFaultMs'];
        return lasted(iteration) >= 30_000 && typeof correctedMs === 'number';
      },
    },
  },
  {
    scenario: gitOutageScenario,
    command: documented('npm run scenario git-outage -- --only outage-15m --iterations 1 --timeout 20m'),
    words: ['--engine=argocd'],
    expected: {
      'argocd outage-15m': (iteration) =>
        lasted(iteration) >= 7.5 * minutes && iteration.figures['correctedDuringFaultMs'] === null,
    },
  },
  {
    scenario: notification,
    command: documented('npm run scenario notification -- --only receiver-down-30s --iterations 5'),
    words: ['--engine=flux'],
    expected: { 'flux receiver-down-30s': ({ figures }) => figures['noticesLost'] === 1 },
  },
  {
    scenario: manualBaseline,
    command: documented(
      'npm run scenario manual-baseline -- --engine argocd,manual --only scale-up,revert-release',
    ),
    words: [],
    expected: {
      'argocd revert-release': isByEngine,
      'argocd scale-up': isByEngine,
      'manual revert-release': isByHand,
      'manual scale-up': isByHand,
    },
  },
];

for (const { scenario, command, words, expected } of variants) {
  test.serial(`${command}: comes out as its page says`, async (t) => {
    t.timeout(30 * minutes);
    const place = await makePlace(t);
    const { counted, reasons } = await makeRun(t, place, scenario, { command, words });
    const made = counted.map((iteration) => ({
      name: `${iteration.engine} ${iteration.disturbance}`,
      iteration,
    }));
    t.deepEqual(made.map(({ name }) => name).toSorted(), Object.keys(expected), reasons);
    for (const { name, iteration } of made) {
      t.is(iteration.verdict, 'valid', `${name}: ${iteration.reason}`);
      t.true(expected[name]?.(iteration), told(iteration));
    }
    t.deepEqual(await leftProcesses(place), []);
    t.deepEqual(await labNames(place), []);
  });
}
