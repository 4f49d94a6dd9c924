import type { Recovery } from './recovery.ts';

/** The steps of a recovery, in the order in which they usually come. */
export const milestoneNames = ['disturbed', 'detected', 'restored', 'ready', 'settled'] as const;
export type MilestoneName = (typeof milestoneNames)[number];

/** A step of a recovery that was reached, or that turned out not to last. */
export interface Milestone {
  readonly name: MilestoneName;
  /** On the run's clock; null where what was reached is lost again. */
  readonly atMs: number | null;
}

const fields = {
  disturbed: 'disturbedAtMs',
  detected: 'detectedAtMs',
  restored: 'restoredAtMs',
  ready: 'readyAtMs',
  settled: 'settledAtMs',
} as const satisfies Record<MilestoneName, keyof Recovery>;

/** What has come, and what is lost, from one state of a recovery to the next. */
export function milestonesBetween(before: Recovery, after: Recovery): Milestone[] {
  return milestoneNames
    .filter((name) => before[fields[name]] !== after[fields[name]])
    .map((name) => ({ name, atMs: after[fields[name]] }));
}
