import test from 'ava';
import { personMs, readPace, type Pace } from './pace.ts';

const pace: Pace = {
  secondsPerCharacter: 0.5,
  secondsPerMentalAct: 2,
  wordsPerMinute: 60,
  longestReadingSeconds: 5,
  secondsPerDecision: 10,
};

test('a command costs a thought, its characters and Enter', (t) => {
  const command = 'git pull';
  t.is(personMs({ kind: 'run', command }, 'many words that nobody reads', pace), 6500);
  t.is(personMs({ kind: 'verify', command }, '', pace), 6500);
});

test('what is looked at is read, though not to the end of a long output', (t) => {
  const step = { kind: 'look', command: 'git pull', shows: 'a' } as const;
  t.is(personMs(step, 'three words here', pace), 9500);
  t.is(personMs(step, '  three \n words\t here ', pace), 9500);
  t.is(personMs(step, 'word '.repeat(100), pace), 11_500);
});

test('a question is read and thought over, and not typed', (t) => {
  t.is(personMs({ kind: 'decide', question: 'Is it meant?', answer: 'no' }, '', pace), 13_000);
});

test('the pace that is written down is the one that its sources state', async (t) => {
  const { secondsPerCharacter, secondsPerMentalAct, wordsPerMinute } = await readPace();
  t.deepEqual([secondsPerCharacter, secondsPerMentalAct, wordsPerMinute], [0.28, 1.35, 238]);
});
