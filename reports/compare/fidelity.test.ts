import test from 'ava';
import type { Iteration, Results } from '../record/schema.ts';
import { changeSentence } from './change-words.ts';
import { compare, made } from './comparison-for-tests.ts';

const inKind = (results: Results): Results => ({
  ...results,
  lab: { provider: 'kind', podsAreSimulated: false, podStartMs: 0, nodes: 1 },
});

test('runs of different labs are about fidelity, with ratio and shift of each time', (t) => {
  const doubled = (iteration: Iteration): Iteration => ({
    ...iteration,
    timeToReadyMs: iteration.timeToReadyMs === null ? null : 2 * iteration.timeToReadyMs,
  });
  const comparison = compare(made(), made({ seed: 5, change: doubled, changeAll: inKind }));
  const [headline] = comparison.headlines;
  t.regex(
    headline?.sentence ?? '',
    /^B \(kind, real pods\) against A \(embedded, simulated pods\) is about fidelity/,
  );
  t.regex(headline?.details[2] ?? '', /^Time to ready: Flux \d\.\d\d times as long.*, shift \+.*; Argo CD/);
  const line = comparison.fidelity.find(({ engine, time }) => engine === 'argocd' && time === 'ready');
  t.is(line?.disturbances, 3);
  t.is(line?.ratios.length, 3);
  t.true((line?.medianRatio ?? 0) > 1.5);
  t.is(line?.different, 3);
  const sentences = comparison.changes.map((change) => changeSentence(change, comparison.selection.baseline));
  t.false(
    sentences.some((sentence) => sentence.includes('REGRESSION')),
    'nothing became worse between labs',
  );
});
