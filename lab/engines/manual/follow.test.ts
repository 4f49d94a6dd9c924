import test from 'ava';
import { ExplainedError } from '../../../common/explained-error.ts';
import type { MadeStep } from '../engine.ts';
import { followRunbook } from './follow.ts';
import type { RunbookStep } from './runbook.ts';
import type { CommandEnd } from './workplace.ts';

const pace = {
  secondsPerCharacter: 1,
  secondsPerMentalAct: 1,
  wordsPerMinute: 60,
  longestReadingSeconds: 30,
  secondsPerDecision: 10,
};

const look: RunbookStep = { kind: 'look', command: 'kubectl get pods', shows: 'Pending' };
const decide: RunbookStep = { kind: 'decide', question: 'Is it meant?', answer: 'no' };
const run: RunbookStep = { kind: 'run', command: 'helm rollback shop' };
const verify: RunbookStep = { kind: 'verify', command: 'kubectl diff -f fleet' };

/** Follows steps whose commands end as `ends` says, and well where it says nothing. */
async function follow(
  steps: RunbookStep[],
  ends: Readonly<Record<string, Partial<CommandEnd>>> = {},
  signal = new AbortController().signal,
) {
  const ran: string[] = [];
  const made: MadeStep[] = [];
  const outcome = await followRunbook(steps, {
    name: 'flood',
    workplace: {
      run: async (command, until) => {
        until.throwIfAborted();
        ran.push(command);
        return Promise.resolve({ exitCode: 0, output: '', ...ends[command] });
      },
    },
    pace,
    signal,
    onStep: (step) => made.push(step),
  }).then(
    () => undefined,
    (error: unknown) => error,
  );
  return { ran, made, outcome };
}

test('the steps are made in their order, and a question runs nothing', async (t) => {
  const { ran, made, outcome } = await follow([look, decide, run, verify], {
    'kubectl get pods': { exitCode: 1, output: 'web-1 Pending' },
  });
  t.is(outcome, undefined);
  t.deepEqual(ran, ['kubectl get pods', 'helm rollback shop', 'kubectl diff -f fleet']);
  t.deepEqual(
    made.map(({ step, what }) => [step, what]),
    [
      ['look', 'kubectl get pods'],
      ['decide', 'Is it meant?'],
      ['run', 'helm rollback shop'],
      ['verify', 'kubectl diff -f fleet'],
    ],
  );
  t.is(made[1]?.machineMs, 0);
  t.true(made.every(({ personMs }) => personMs > 0));
});

test('a step that does not end well ends the runbook, and is told with its last words', async (t) => {
  const { ran, made, outcome } = await follow([run, verify], {
    'helm rollback shop': { exitCode: 1, output: 'first\nError: release: not found\n' },
  });
  t.deepEqual(ran, ['helm rollback shop']);
  t.is(made.length, 1, 'what it took was spent all the same');
  t.true(outcome instanceof ExplainedError);
  if (!(outcome instanceof ExplainedError)) return;
  t.regex(
    outcome.message,
    /^step 1 of the runbook flood \(helm rollback shop\) failed after .*: it ended with 1$/,
  );
  t.is(outcome.why, 'first; Error: release: not found');
});

test('where the cluster shows something else, the runbook does not fit and goes no further', async (t) => {
  const { ran, outcome } = await follow([look, run], { 'kubectl get pods': { output: 'web-1 Running' } });
  t.deepEqual(ran, ['kubectl get pods']);
  t.regex((outcome as Error).message, /it does not show "Pending"$/);
});

test('an abort ends it with its reason', async (t) => {
  const reason = new Error('stopped by the user');
  const { made, outcome } = await follow([run], {}, AbortSignal.abort(reason));
  t.deepEqual(made, []);
  t.is(outcome, reason);
});
