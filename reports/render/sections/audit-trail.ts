import type { RootContent } from 'mdast';
import { formatDuration } from '../../../common/duration.ts';
import type { RecordedRun } from '../../record/reader.ts';
import type { Observation } from '../../record/observation.ts';
import type { Iteration } from '../../record/schema.ts';
import { heading, paragraph, table } from '../markdown.ts';
import { recordedLabels } from '../names.ts';

type AuditFact = Extract<Observation, { type: 'audit' }>;

/** Who proposed, approved and merged what, and when the cluster had it; nothing where no pull request was merged. */
export function auditTrailSection({
  results,
  history,
}: Pick<RecordedRun, 'results' | 'history'>): RootContent[] {
  const audits = history.filter((fact) => fact.type === 'audit');
  if (audits.length === 0) return [];
  return [
    heading(3, 'Audit trail'),
    paragraph(
      'Each pull request that was merged, as the forge tells of it, and how long after its merge the cluster had it. ' +
        'The forge keeps whole seconds, in UTC.',
    ),
    table(
      [
        'Engine',
        '#',
        'Pull request',
        'Opened by',
        'Approved by',
        'Merged by',
        'Applied after',
        'Ready after',
      ],
      audits.map((audit) => rowOf(audit, results.iterations)),
      '',
    ),
  ];
}

function rowOf(audit: AuditFact, iterations: readonly Iteration[]): string[] {
  const iteration = iterations.find(
    ({ engine, index }) => engine === audit.engine && index === audit.iteration,
  );
  const commit = (hash: string): string => hash.slice(0, 7);
  const moment = (at: string): string => new Date(at).toISOString().slice(11, 19);
  const after = (ms: number | null | undefined): string =>
    ms === null || ms === undefined ? '–' : formatDuration(ms);
  const approvals = audit.approvals.map(
    ({ by, at, commit: seen }) => `${by}, ${moment(at)}, of ${commit(seen)}`,
  );
  return [
    recordedLabels[audit.engine],
    String(audit.iteration),
    `${audit.request}: ${audit.title}`,
    `${audit.openedBy}, ${moment(audit.openedAt)}`,
    approvals.join('; ') || 'nobody',
    `${audit.mergedBy}, ${moment(audit.mergedAt)}, as ${commit(audit.mergeCommit)}`,
    after(iteration?.timeToRestoreMs),
    after(iteration?.timeToReadyMs),
  ];
}
