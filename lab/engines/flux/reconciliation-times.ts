import { parseLogLine } from '../prediction.ts';

/** What reconciliations that undo nothing take, as the controller's log tells of them. */
export interface ReconciliationTimes {
  /** Which ones they are, as it follows "reconciliations of this run that". */
  readonly which: string;
  /** From the start of each until everything had been applied. */
  readonly untilAppliedMs: readonly number[];
  /** From the start of each to its end. */
  readonly wholeMs: readonly number[];
}

const unitsMs = { h: 3_600_000, m: 60_000, s: 1000, ms: 1, µs: 0.001, ns: 0.000_001 } as const;

/** A duration as Go prints it: `1m2.5s`, `253.4439ms`. */
function parseGoDurationMs(text: string): number {
  return [...text.matchAll(/([\d.]+)(ms|µs|ns|h|m|s)/g)].reduce(
    (sum, [, count, unit]) => sum + Number(count) * unitsMs[unit as keyof typeof unitsMs],
    0,
  );
}

interface Reconciliation {
  readonly untilAppliedMs: number;
  readonly wholeMs: number;
  readonly changed: boolean;
  readonly revision: unknown;
}

/**
 * The reconciliations of a Kustomization: "server-side apply completed" tells when and with what change, and "Reconciliation
 * finished in" how long it took (internal/controller/kustomization_controller.go of fluxcd/kustomize-controller 1.9).
 */
async function readReconciliations(
  lines: AsyncIterable<string>,
  kustomization: string,
): Promise<Reconciliation[]> {
  const applied = new Map<unknown, { readonly atMs: number; readonly changed: boolean }>();
  const reconciliations: Reconciliation[] = [];
  for await (const line of lines) {
    const entry = parseLogLine(line);
    if (entry?.['name'] !== kustomization) continue;
    const { msg, ts, reconcileID, output, revision } = entry;
    if (typeof msg !== 'string' || typeof ts !== 'string') continue;
    const atMs = Date.parse(ts);
    if (msg === 'server-side apply completed') {
      const changed = Object.values(output ?? {}).some((change) => change !== 'unchanged');
      applied.set(reconcileID, { atMs, changed });
    }
    const took = /^Reconciliation finished in ([^,]+),/.exec(msg)?.[1];
    const apply = applied.get(reconcileID);
    if (took === undefined || apply === undefined) continue;
    const wholeMs = parseGoDurationMs(took);
    const untilAppliedMs = Math.max(0, apply.atMs - (atMs - wholeMs));
    reconciliations.push({ untilAppliedMs, wholeMs, changed: apply.changed, revision });
    applied.delete(reconcileID);
  }
  return reconciliations;
}

/**
 * Those that found nothing to change, and so can't have undone a disturbance; where there are none, since each one undid
 * something, the first of every revision, which comes before the revision's disturbance.
 */
export async function readReconciliationTimes(
  lines: AsyncIterable<string>,
  kustomization: string,
): Promise<ReconciliationTimes> {
  const all = await readReconciliations(lines, kustomization);
  const idle = all.filter(({ changed }) => !changed);
  const firsts = all.filter(({ revision }, index) => revision !== all[index - 1]?.revision);
  const chosen = idle.length > 0 ? idle : firsts;
  return {
    which: idle.length > 0 ? 'found nothing to change' : 'applied a new revision',
    untilAppliedMs: chosen.map(({ untilAppliedMs }) => untilAppliedMs),
    wholeMs: chosen.map(({ wholeMs }) => wholeMs),
  };
}
