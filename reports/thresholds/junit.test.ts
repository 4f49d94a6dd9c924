import test from 'ava';
import type { Results } from '../record/schema.ts';
import { makeUpRun } from '../testing/made-up-run.ts';
import { checkThresholds } from './check.ts';
import { junitText } from './junit.ts';
import { parseThreshold } from './parse.ts';

function junitOf(results: Results, ...texts: string[]): string {
  const thresholds = texts.map((text) => parseThreshold(text, '--threshold'));
  return junitText(results, checkThresholds(results, thresholds));
}

test('each threshold is a test case, and one that is not held a failure with what was measured', (t) => {
  const { results } = makeUpRun();
  const lines = junitOf(
    results,
    'argocd.drift.scale-to-zero.timeToRestore.max < 1m',
    'flux.drift.edit-env.timeToRestore.p95 < 30s',
    'flux.drift.edit-env.timeToRestore.p95 < 1h',
  ).split('\n');
  t.deepEqual(lines, [
    '<?xml version="1.0" encoding="UTF-8"?>',
    '<testsuite name="gitops-lab drift-recovery thresholds" tests="3" failures="2" errors="0" skipped="0" time="484.500" timestamp="2026-01-02T03:04:05.000Z">',
    '  <testcase name="argocd.drift.scale-to-zero.timeToRestore.max &lt; 1m" classname="gitops-lab.drift-recovery.argocd" time="0"/>',
    '  <testcase name="flux.drift.edit-env.timeToRestore.p95 &lt; 30s" classname="gitops-lab.drift-recovery.flux" time="0">',
    '    <failure message="broken: flux.drift.edit-env.timeToRestore.p95 &lt; 30s: measured more than 5 min 0 s in 6 iterations (6 censored)" type="broken">threshold: flux.drift.edit-env.timeToRestore.p95 &lt; 30s',
    'measured: more than 5 min 0 s in 6 iterations (6 censored)</failure>',
    '  </testcase>',
    '  <testcase name="flux.drift.edit-env.timeToRestore.p95 &lt; 1h" classname="gitops-lab.drift-recovery.flux" time="0">',
    '    <failure message="not decided: flux.drift.edit-env.timeToRestore.p95 &lt; 1h: all that is known of it is that it is more than 5 min 0 s" type="not-decided">threshold: flux.drift.edit-env.timeToRestore.p95 &lt; 1h',
    'measured: more than 5 min 0 s in 6 iterations (6 censored)</failure>',
    '  </testcase>',
    '</testsuite>',
    '',
  ]);
});

test('whatever stands in a record, the file stays XML', (t) => {
  const nasty = `a"b'c&d<e>\tf\r\u0000\u001b\ud800]]>\u{1f600}`;
  const { results } = makeUpRun({ disturbances: [nasty], engines: ['flux'] });
  const text = junitOf(results, 'flux.drift.*.timeToRestore.max < 1ms');
  t.true(
    text.includes(
      `name="flux.drift.a&quot;b'c&amp;d&lt;e&gt;&#9;f&#13;\u{fffd}\u{fffd}\u{fffd}]]&gt;\u{1f600}.timeToRestore.max &lt; 1ms"`,
    ),
  );
});
