import test from 'ava';
import { milestonesBetween } from './milestones.ts';
import { notDisturbed } from './recovery.ts';

test('what comes at one moment is told in the order of a recovery', (t) => {
  const disturbed = { ...notDisturbed, disturbedAtMs: 10 };
  t.deepEqual(milestonesBetween(notDisturbed, disturbed), [{ name: 'disturbed', atMs: 10 }]);
  t.deepEqual(milestonesBetween(disturbed, { ...disturbed, readyAtMs: 30, restoredAtMs: 30 }), [
    { name: 'restored', atMs: 30 },
    { name: 'ready', atMs: 30 },
  ]);
  t.deepEqual(milestonesBetween(disturbed, disturbed), []);
});

test('what is lost again is told, too', (t) => {
  const before = { ...notDisturbed, disturbedAtMs: 10, restoredAtMs: 20, readyAtMs: 30 };
  t.deepEqual(milestonesBetween(before, { ...before, readyAtMs: null }), [{ name: 'ready', atMs: null }]);
});
