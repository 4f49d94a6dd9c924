import test from 'ava';
import { factAt } from '../testing/facts.ts';
import { automationCommits, timeToCommit, timeToTagSeen } from './automation.ts';

const pushed = factAt(100, { type: 'disturbed', what: 'a tag', revision: 'old' });
const read = (atMs: number) => factAt(atMs, { type: 'step', step: 'tags-read', what: 'the tags are read' });
const committed = factAt(180, { type: 'committed', revision: 'new', author: 'bot', message: 'newer' });

test('times count from the push of the tag to the first reading and to the commit', (t) => {
  const facts = [pushed, read(130), read(160), committed, read(190)];
  t.is(timeToTagSeen.of(facts), 30);
  t.is(timeToCommit.of(facts), 80);
  t.is(automationCommits.of(facts), 1);
});

test('what never came has no time', (t) => {
  t.is(timeToTagSeen.of([pushed]), null);
  t.is(timeToCommit.of([pushed, read(130)]), null);
  t.is(timeToCommit.of([]), null);
  t.is(automationCommits.of([pushed, read(130)]), 0);
});
