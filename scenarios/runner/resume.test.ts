import test from 'ava';
import { makeUpRun } from '../../reports/testing/made-up-run.ts';
import { ExplainedError } from '../../common/explained-error.ts';
import type { Tool, ToolName } from '../../lab/toolchain/toolchain.ts';
import { leftOutReason } from '../../reports/record/left-out.ts';
import type { Iteration } from '../../reports/record/schema.ts';
import { driftRecovery } from '../drift-recovery.ts';
import { builtInProfiles } from '../profiles/built-in.ts';
import { planTrial, type PlannedIteration } from './plan.ts';
import { demandSamePrograms, nextNumbers, remainingOf, resumesAtMs } from './resume.ts';

const disturbances = driftRecovery.disturbances.slice(0, 2);
const [profile] = builtInProfiles;
const options = { disturbances, iterations: 3, profile, seed: 42 };
const plan = planTrial(options, 'flux', disturbances);
const measured = plan.filter(({ kind }) => kind === 'measured');
const run = { directory: '/run', notices: [], ...makeUpRun({ iterationsPerDisturbance: 2 }) };
const [example] = run.results.iterations;
if (example === undefined) throw new Error('the made-up run is empty');

/** What came of a planned iteration. */
const made = (planned: PlannedIteration, verdict: Iteration['verdict'] = 'valid'): Iteration => ({
  ...example,
  disturbance: planned.disturbance.name,
  kind: planned.kind,
  phase: planned.phase,
  repeat: planned.repeat,
  verdict,
});

test('of a run that made nothing, everything is left', (t) => {
  t.deepEqual(remainingOf(plan, []), plan);
});

test('what was made is not made again, and warm-ups are, since the lab is a new one', (t) => {
  const left = remainingOf(plan, [...plan.slice(0, 4).map((planned) => made(planned))]);
  t.deepEqual(left, [...plan.slice(0, 1), ...measured.slice(3)]);
});

test('censored iterations count as made, invalid ones and warm-ups do not', (t) => {
  const [first, second] = measured;
  if (first === undefined || second === undefined) throw new Error('the plan is too short');
  const warmup = { ...made(first), kind: 'warmup' as const };
  const left = remainingOf(plan, [made(first, 'censored'), made(second, 'invalid'), warmup]);
  t.deepEqual(left, [...plan.slice(0, 1), ...measured.slice(1)]);
});

test('what was left out on stage is not made by whoever goes on', (t) => {
  const [first] = measured;
  if (first === undefined) throw new Error('the plan is too short');
  const leftOut = { ...made(first, 'invalid'), reason: leftOutReason };
  t.deepEqual(remainingOf(plan, [leftOut]), [...plan.slice(0, 1), ...measured.slice(1)]);
});

test('of a run that made everything, nothing is left, not even a warm-up', (t) => {
  t.deepEqual(
    remainingOf(
      plan,
      measured.map((planned) => made(planned)),
    ),
    [],
  );
});

test('repeats whose revision is lost are led up to again', (t) => {
  const repeated = planTrial(
    { ...options, profile: { ...profile, warmups: 0, repeats: 2 } },
    'flux',
    disturbances,
  );
  const left = remainingOf(
    repeated,
    repeated.slice(0, 2).map((planned) => made(planned)),
  );
  t.deepEqual(
    left.slice(0, 4).map(({ kind, repeat }) => [kind, repeat]),
    [
      ['warmup', 0],
      ['warmup', 1],
      ['measured', 2],
      ['measured', 0],
    ],
  );
  t.deepEqual(left.slice(3), repeated.slice(3));
});

test('trials and iterations are numbered on from those of the history', (t) => {
  const most = Math.max(
    ...run.history.filter(({ engine }) => engine === 'flux').map((fact) => fact.iteration),
  );
  t.deepEqual(nextNumbers(run, 'flux'), { trial: 2, index: most + 1 });
  t.deepEqual(nextNumbers({ ...run, history: [] }, 'flux'), { trial: 1, index: 1 });
});

test('the clock goes on after all that was recorded, though the wall clock was set back', (t) => {
  const startMs = Date.parse(run.results.startedAt);
  const lastMs = Math.max(...run.history.map(({ atMs }) => atMs));
  t.is(resumesAtMs(run, new Date(startMs + lastMs + 60_000)), lastMs + 60_000);
  t.is(resumesAtMs(run, new Date(startMs - 5000)), lastMs + 1);
});

test('a run is not gone on with by other programs', (t) => {
  const [program] = run.results.provenance.programs;
  if (program === undefined) throw new Error('the made-up run has no programs');
  const tools = (sha256: string) =>
    new Map([['kube-apiserver', { ...program, sha256 }]]) as unknown as ReadonlyMap<ToolName, Tool>;
  t.notThrows(() => {
    demandSamePrograms(run, tools(program.sha256));
  });
  const error = t.throws(
    () => {
      demandSamePrograms(run, tools('another'));
    },
    { instanceOf: ExplainedError },
  );
  t.regex(error.message, /begun with another kube-apiserver/);
});
