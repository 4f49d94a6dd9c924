import test from 'ava';
import type { Observation } from '../../record/observation.ts';
import { makeUpRun } from '../../testing/made-up-run.ts';
import { markdownText } from '../markdown.ts';
import { auditTrailSection } from './audit-trail.ts';

test('a merged pull request has its people, its commits, and when the cluster had it', (t) => {
  const run = makeUpRun({ disturbances: ['edit-env'] });
  const [iteration] = run.results.iterations;
  if (iteration === undefined) throw new Error('no iteration was made up');
  const audit: Observation = {
    atMs: 1,
    engine: iteration.engine,
    trial: iteration.trial,
    iteration: iteration.index,
    type: 'audit',
    request: 7,
    title: 'Promote it',
    openedBy: 'author',
    openedAt: '2026-11-25T01:00:00+01:00',
    approvals: [{ by: 'reviewer', at: '2026-11-25T00:00:05Z', commit: 'beefbeefbeef' }],
    mergedBy: 'author',
    mergedAt: '2026-11-25T00:00:09Z',
    mergeCommit: 'c0ffeec0ffee',
  };
  const text = markdownText(auditTrailSection({ ...run, history: [audit] }));
  t.true(text.includes('| 7: Promote it | author, 00:00:00 | reviewer, 00:00:05, of beefbee |'), text);
  t.true(text.includes('| author, 00:00:09, as c0ffeec |'), text);
  t.deepEqual(auditTrailSection({ ...run, history: [] }), [], 'without one there is no section');
});
