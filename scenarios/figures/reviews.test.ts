import test from 'ava';
import { factAt } from '../testing/facts.ts';
import { approvals, refusedMerges, refusedPushes } from './reviews.ts';

const at = '2026-11-25T01:00:00Z';
const audit = {
  type: 'audit',
  request: 3,
  title: 'Promote Deployment/web',
  openedBy: 'author',
  openedAt: at,
  mergedBy: 'author',
  mergedAt: at,
  mergeCommit: 'c0ffee',
} as const;

test('what the forge refused is counted, each for itself', (t) => {
  const facts = [
    factAt(1, { type: 'step', step: 'refused-push', what: 'a push' }),
    factAt(2, { type: 'step', step: 'refused-merge', what: 'a merge' }),
    factAt(3, { type: 'step', step: 'refused-merge', what: 'another merge' }),
  ];
  t.is(refusedPushes.of(facts), 1);
  t.is(refusedMerges.of(facts), 2);
  t.is(refusedPushes.of([]), 0);
});

test('only the approval of another person counts, and none is measured where nothing was merged', (t) => {
  const by = (name: string) => ({ by: name, at, commit: 'beef' });
  t.is(approvals.of([factAt(4, { ...audit, approvals: [by('reviewer'), by('author')] })]), 1);
  t.is(approvals.of([factAt(4, { ...audit, approvals: [] })]), 0);
  t.is(approvals.of([]), null);
});
