import test from 'ava';
import type { Iteration } from '../../record/schema.ts';
import { makeUpRun } from '../../testing/made-up-run.ts';
import { analyse } from '../analysis.ts';
import { markdownText } from '../markdown.ts';
import { backoffSection } from './backoff.ts';
import { phaseLockSection } from './phase-lock.ts';

const disturbances = ['delete-deployment'];
const engines = ['flux'] as const;
const size = { engines, disturbances, iterationsPerDisturbance: 6 };

/** Every second iteration, changed; all of them restored after a time that tells which it was. */
const everySecond = (change: Partial<Iteration>) =>
  makeUpRun({
    ...size,
    change: (iteration) =>
      iteration.index % 2 === 0
        ? { ...iteration, timeToRestoreMs: 1000 }
        : { ...iteration, timeToRestoreMs: 2500, ...change },
  }).results;

test('locked iterations stand beside the others, and are not counted with them', (t) => {
  const results = everySecond({ phase: 'locked' });
  const analysis = analyse(results);
  const text = markdownText(phaseLockSection(results, analysis));
  t.regex(text, /delete-deployment +\| Flux +\| 3 +\| 1\.00 s +\| .* \| 3 +\| 2\.50 s +\| .* \| 2\.50 × \|/);
  t.is(analysis.arms.find(({ time }) => time === 'restore')?.samples.length, 3);
});

test('repeated iterations stand by how often it was before, and are not counted with the first ones', (t) => {
  const results = everySecond({ repeat: 1, attemptsBefore: 1 });
  const analysis = analyse(results);
  const text = markdownText(backoffSection(results, analysis));
  t.regex(text, /\| Flux +\| 0 +\| 0 +\| 3 +\| 1\.00 s/);
  t.regex(text, /\| Flux +\| 1 +\| 1 +\| 3 +\| 2\.50 s/);
  t.is(analysis.arms.find(({ time }) => time === 'restore')?.samples.length, 3);
});

test('a run that studies neither has neither section', (t) => {
  const { results } = makeUpRun(size);
  const analysis = analyse(results);
  t.deepEqual([...phaseLockSection(results, analysis), ...backoffSection(results, analysis)], []);
});
