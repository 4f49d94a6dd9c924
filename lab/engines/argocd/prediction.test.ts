import test from 'ava';
import { linesOf, meanOf, question, setting } from '../prediction-fixture.ts';
import type { PredictedTime, PredictionQuestion } from '../prediction.ts';
import type { EngineSetting } from '../setting.ts';
import { readComparisonTimes } from './comparison-times.ts';
import { predictArgocd } from './prediction.ts';
import { backoffMs, readBackoff } from './self-heal-backoff.ts';

const flag = (name: string, value: string): EngineSetting =>
  setting(`argocd-application-controller --${name}`, value);
const upstream = [
  setting('Application automated selfHeal', 'true'),
  flag('self-heal-timeout-seconds', '0'),
  flag('self-heal-backoff-timeout-seconds', '2'),
  flag('self-heal-backoff-factor', '3'),
  flag('self-heal-backoff-cap-seconds', '300'),
  flag('self-heal-backoff-cooldown-seconds', '330'),
];

function refresh(level: number, fields: Readonly<Record<string, unknown>>): string {
  return JSON.stringify({
    application: 'shop',
    msg: 'Reconciliation completed',
    'comparison-level': level,
    compare_app_state_ms: 10,
    set_app_managed_resources_ms: 4,
    persist_app_status_ms: 500,
    setop_ms: 0,
    ...fields,
  });
}

const log = [
  'not JSON',
  refresh(2, {}),
  refresh(1, { compare_app_state_ms: 20 }),
  refresh(1, { compare_app_state_ms: 999, setop_ms: 50 }),
  refresh(3, { compare_app_state_ms: 777, setop_ms: 30 }),
  refresh(0, { compare_app_state_ms: undefined }),
  refresh(1, { application: 'another', compare_app_state_ms: 888 }),
];

async function predict(
  asked: Partial<PredictionQuestion>,
  settings: readonly EngineSetting[] = upstream,
): Promise<PredictedTime | null> {
  const logLines = () => linesOf(log);
  const [time] = await predictArgocd([question(asked)], {
    application: 'shop',
    isChart: false,
    settings,
    logLines,
  });
  return time ?? null;
}

test('self-heal backs off for 2 seconds times 3 for each attempt, up to 300', (t) => {
  const delays = (settings: readonly EngineSetting[]) =>
    [0, 1, 2, 3, 4, 5, 6, 7, 20].map((attempts) => backoffMs(readBackoff(settings), attempts) / 1000);
  t.deepEqual(delays(upstream), [0, 2, 6, 18, 54, 162, 300, 300, 300]);
  t.deepEqual(delays([]), delays(upstream), 'what was not read back is as Argo CD has it');
});

test('without a backoff it waits as long each time', (t) => {
  const settings = [flag('self-heal-backoff-timeout-seconds', '0'), flag('self-heal-timeout-seconds', '5')];
  t.deepEqual(
    [0, 1, 6].map((attempts) => backoffMs(readBackoff(settings), attempts)),
    [5000, 5000, 5000],
  );
});

test('the first correction on a revision takes the watch, a comparison and an operation', async (t) => {
  const time = await predict({ otherCorrectionsMs: [150, 250], idleBeforeMs: [1000] });
  t.is(time?.mechanism, 'self-heal');
  t.deepEqual(
    time?.terms.map(({ name, spread }) => [name, spread]),
    [
      ['watch', { kind: 'uniform', fromMs: 0, toMs: 100 }],
      ['comparison', { kind: 'empirical', samplesMs: [14, 24] }],
      ['setting the operation', { kind: 'empirical', samplesMs: [30] }],
      ['operation', { kind: 'empirical', samplesMs: [150, 250] }],
    ],
  );
});

test('comparisons that set an operation for drift are not used, for their time is what is predicted', async (t) => {
  t.deepEqual(await readComparisonTimes(linesOf(log), 'shop'), {
    comparedMs: [14, 24],
    operationSetMs: [30],
  });
});

test('a later correction waits for what is left of the backoff, from whole seconds', async (t) => {
  const time = await predict({ attemptsBefore: 3, idleBeforeMs: [4000] });
  t.is(time?.mechanism, 'self-heal after its backoff');
  t.deepEqual(time?.terms[0]?.spread, {
    kind: 'mixture',
    ranges: [{ fromMs: 13_000, toMs: 14_000, weight: 1 }],
  });
});

test('a backoff that has nearly passed leaves the watch alone in part', async (t) => {
  const time = await predict({ attemptsBefore: 1, idleBeforeMs: [1500] });
  const spread = time?.terms[0]?.spread;
  t.deepEqual(spread, {
    kind: 'mixture',
    ranges: [
      { fromMs: 0, toMs: 100, weight: 0.6 },
      { fromMs: 100, toMs: 500, weight: 0.4 },
    ],
  });
});

test('after the cooldown the attempts count for nothing', async (t) => {
  const time = await predict({ attemptsBefore: 6, idleBeforeMs: [331_000, 329_000] });
  const spread = time?.terms[0]?.spread;
  t.true(spread !== undefined && meanOf(spread) <= 100);
  const soon = (await predict({ attemptsBefore: 6, idleBeforeMs: [10_000] }))?.terms[0]?.spread;
  t.is(soon && meanOf(soon), 289_500);
});

test('without self-heal, and for a deleted namespace, nothing is restored, and why is told', async (t) => {
  const off = await predict({}, [setting('Application automated selfHeal', 'false')]);
  t.regex(off?.never?.why ?? '', /self-heal is off/);
  const namespace = await predict({ removesNamespace: true });
  t.regex(namespace?.never?.why ?? '', /without the namespace/);
  t.regex(namespace?.never?.source ?? '', /autoSync/);
});

test('with no operation to go by nothing is predicted', async (t) => {
  t.is(await predict({ otherCorrectionsMs: [] }), null);
});
