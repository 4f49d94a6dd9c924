import test from 'ava';
import { makeUpRun } from '../testing/made-up-run.ts';
import { checkThresholds } from '../thresholds/check.ts';
import { parseThreshold } from '../thresholds/parse.ts';
import { stepSummary } from './step-summary.ts';

test('a summary has the answer, the medians, the thresholds and the path of the report', (t) => {
  const { results } = makeUpRun();
  const threshold = parseThreshold('argocd.*.*.timeToRestore.p95 < 2s', '--threshold');
  const text = stepSummary(results, checkThresholds(results, [threshold]), 'runs/x/report.md');
  const lines = text.split('\n');
  t.is(lines[0], '# gitops-lab: drift-recovery');
  t.regex(lines[2] ?? '', /^\*\*Argo CD restored faster than Flux after 2 of 3/);
  t.is(lines[4], '| median time to restore | Flux | Argo CD | |');
  t.regex(text, /^\| edit-env \| not corrected \| \d+ ms \| Flux did not correct it \|$/m);
  t.regex(text, /^\*\*3 of 3 held\.\*\*$/m);
  t.regex(
    text,
    /^\| `argocd\.drift\.edit-env\.timeToRestore\.p95 < 2s` \| held \| \d+ ms in 6 iterations \|$/m,
  );
  t.regex(text, /^Report: `runs\/x\/report\.md`\n$/m);
});

test('a run without figures has a summary that says so', (t) => {
  const { results } = makeUpRun({ iterationsPerDisturbance: 0 });
  const text = stepSummary({ ...results, status: 'failed', statusReason: 'etcd ended' }, [], 'report.md');
  t.regex(text, /Not enough data/);
  t.regex(text, /It was failed: etcd ended/);
  t.notRegex(text, /Thresholds|\|/);
});
