import test from 'ava';
import { engineNames } from '../record/schema.ts';
import { makeUpRun } from '../testing/made-up-run.ts';
import { workByHand, workSentence } from './by-hand.ts';

/** A run with a runbook: more commands and longer for one disturbance than for the other. */
const { results } = makeUpRun({
  engines: engineNames,
  disturbances: ['scale-up', 'edit-env'],
  change: (iteration) => ({
    ...iteration,
    figures:
      iteration.engine !== 'manual'
        ? { steps: 0, decisions: 0, timeAtHumanPaceMs: null }
        : {
            steps: iteration.disturbance === 'scale-up' ? 4 : 6,
            decisions: 1,
            timeAtHumanPaceMs: (iteration.disturbance === 'scale-up' ? 60_000 : 90_000) + iteration.index,
          },
  }),
});

test('the work of people is told by the median of what they had to do', (t) => {
  const work = workByHand(results);
  t.deepEqual(
    work.map(({ disturbance, commands, decisions }) => [disturbance, commands, decisions]),
    [
      ['scale-up', 4, 1],
      ['edit-env', 6, 1],
    ],
  );
  t.true(work.every(({ timeMs }) => timeMs > 60_000 && timeMs < 90_100));
});

test('all of it is told in one sentence', (t) => {
  t.deepEqual(workSentence(workByHand(results)), [
    'By hand a recovery takes 4 to 6 commands and 1 decision, and 1 min 0 s to 1 min 30 s at human pace, from when someone is at the keyboard.',
  ]);
});

test('engines alone give nobody any work', (t) => {
  const work = workByHand(makeUpRun().results);
  t.deepEqual(work, []);
  t.deepEqual(workSentence(work), []);
});
