import test from 'ava';
import { ExplainedError } from '../../common/explained-error.ts';
import { parseTruth, truthByUid } from './truth.ts';

const ready = { type: 'ready', seed: 7, delayMinMs: 5, delayMaxMs: 50 };
const deletion = { type: 'deletion', uid: 'one', sentAtMs: 1, answeredAtMs: 2 };
const restoration = {
  type: 'restoration',
  uid: 'one',
  toldAtMs: 2,
  delayMs: 9,
  sentAtMs: 11,
  answeredAtMs: 13,
  seenAtMs: 12,
};

function lines(...values: readonly unknown[]): string {
  return values.map((value) => `${JSON.stringify(value)}\n`).join('');
}

test('both sides of one deletion are found by its UID, in whichever order they were written', (t) => {
  const other = { ...deletion, uid: 'two' };
  const byUid = truthByUid(parseTruth(lines(ready, restoration, deletion, other)));
  t.deepEqual([...byUid], [['one', { deletion, restoration }]] as unknown);
});

test('a last line that is not whole yet is left out', (t) => {
  t.is(parseTruth(`${lines(ready)}{"type":"del`).length, 1);
  t.deepEqual(parseTruth(''), []);
});

test('any other wrong line is explained', (t) => {
  const error = t.throws(() => parseTruth(lines(ready, { ...deletion, sentAtMs: 'now' })), {
    instanceOf: ExplainedError,
  });
  t.regex(error.message, /line 2 of truth\.jsonl/);
});
