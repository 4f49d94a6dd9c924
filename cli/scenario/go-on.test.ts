import test from 'ava';
import { makeUpRun } from '../../reports/testing/made-up-run.ts';
import { recordRun, temporaryDirectory } from '../../reports/testing/run-on-disk.ts';
import { failureWords, goOnFromStage, type Recorded } from './go-on.ts';
import type { PreparedRun } from './prepared-run.ts';

const { signal } = new AbortController();
const prepared: PreparedRun = {
  outputRoot: '',
  seed: 1,
  plan: () => undefined,
  planText: () => '',
  roughDurationMs: () => 0,
  make: async () => Promise.reject(new Error('is not asked for')),
};

/** A run on disk that has failed, and what it becomes. */
async function failedRun(t: Parameters<typeof temporaryDirectory>[0]) {
  const run = makeUpRun({ disturbances: ['delete-deployment'] });
  const failed = { ...run.results, status: 'failed' as const, statusReason: 'error: etcd ended' };
  const directory = await recordRun(await temporaryDirectory(t), { ...run, results: failed });
  return { recorded: { directory, results: failed }, complete: { directory, results: run.results } };
}

const offering = (answers: boolean[]) => {
  const told: string[] = [];
  const stage = {
    offerToGoOn: async (failure: readonly string[]) => {
      told.push(failure.join(' '));
      return Promise.resolve(answers.shift() ?? false);
    },
  };
  return { stage, told };
};

test('an audience is told what has failed and why, and not the end of a log', (t) => {
  const reason =
    'error: etcd ended in the middle of the run\n  why:  killed by SIGKILL\n{"level":"info"}\n  next: see etcd.log';
  t.deepEqual(failureWords(reason), [
    'The run has failed: etcd ended in the middle of the run.',
    'Why: killed by SIGKILL.',
    'What was measured before is kept.',
  ]);
});

test('a run that has failed on stage is gone on with as often as it is wanted', async (t) => {
  const { recorded, complete } = await failedRun(t);
  const { stage, told } = offering([true, true]);
  const outcomes: Recorded[] = [recorded, complete];
  const asked: unknown[] = [];
  const last = await goOnFromStage(recorded, {
    stage,
    signal,
    goOn: (resumes) => ({ ...prepared, resumes }),
    make: async ({ resumes }) => {
      asked.push(resumes?.directory);
      return Promise.resolve(outcomes.shift() ?? complete);
    },
  });
  t.is(last.results.status, 'complete');
  t.deepEqual(asked, [recorded.directory, recorded.directory]);
  t.regex(told[0] ?? '', /^The run has failed: etcd ended\./);
});

test('it ends as it is where nobody wants more, where a wait is interrupted, and where it is not presented', async (t) => {
  const { recorded } = await failedRun(t);
  const make = async () => Promise.reject(new Error('nothing is to be made'));
  const goOn = () => prepared;
  const { stage } = offering([false]);
  t.is(await goOnFromStage(recorded, { stage, signal, goOn, make }), recorded);
  const interrupted = { offerToGoOn: async () => Promise.reject(new Error('interrupted')) };
  t.is(await goOnFromStage(recorded, { stage: interrupted, signal, goOn, make }), recorded);
  t.is(await goOnFromStage(recorded, { stage: undefined, signal, goOn, make }), recorded);
});
