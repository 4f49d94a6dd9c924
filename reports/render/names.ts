import type { EngineName, Iteration, Outcome, Results } from '../record/schema.ts';

export const engineLabels: Readonly<Record<EngineName, string>> = {
  flux: 'Flux',
  argocd: 'Argo CD',
  manual: 'Runbook',
};

/** What a run is called, such as `drift-recovery, 2026-11-21`. */
export function runTitle({ scenario, startedAt }: Results): string {
  return `${scenario.name}, ${startedAt.slice(0, 10)}`;
}

/** Whether it is people who recover, step by step, and nothing that does so by itself. */
export function isByHand(engine: EngineName): boolean {
  return engine === 'manual';
}

/** How people write what a history is of. */
export const recordedLabels = { ...engineLabels, reference: 'reference reconciler' } as const;

/** An engine as the subject of a sentence that can be quoted alone. */
export const engineSubjects: Readonly<Record<EngineName, string>> = {
  ...engineLabels,
  manual: 'the runbook at machine speed',
};

/** Blue, vermilion and bluish green of the Okabe-Ito palette (https://jfly.uni-koeln.de/color/), which colour-blind people tell apart. */
export const engineColours: Readonly<Record<EngineName, string>> = {
  flux: '#0072B2',
  argocd: '#D55E00',
  manual: '#009E73',
};

/** The four times of an iteration, in the order in which they usually come. */
export const timeNames = ['detect', 'restore', 'ready', 'settle'] as const;
export type TimeName = (typeof timeNames)[number];

interface TimeKind {
  readonly field: keyof Iteration & `timeTo${string}Ms`;
  readonly title: string;
  /** What ends it, as it reads after "from the disturbance until". */
  readonly until: string;
  /** What is said of an arm in which it never came. */
  readonly never: string;
}

export const timeKinds: Readonly<Record<TimeName, TimeKind>> = {
  detect: {
    field: 'timeToDetectMs',
    title: 'Time to detect',
    until: 'the engine shows that it has noticed, or begins to reconcile',
    never: 'not detected',
  },
  restore: {
    field: 'timeToRestoreMs',
    title: 'Time to restore',
    until: 'the object is as Git wants it',
    never: 'not corrected',
  },
  ready: {
    field: 'timeToReadyMs',
    title: 'Time to ready',
    until: 'the workload serves again',
    never: 'not ready again',
  },
  settle: {
    field: 'timeToSettleMs',
    title: 'Time to settle',
    until: 'the engine itself reports healthy at the expected revision',
    never: 'not settled',
  },
};

/** What engines do about a disturbance, in words that fit its outcome. */
interface Deed {
  /** As it follows an engine's name, before an object: `restored it`. */
  readonly did: string;
  readonly didNot: string;
  /** As it follows an engine's name, before `than` and another one's. */
  readonly sooner: string;
  /** The same as `did`, where no object follows. */
  readonly whole: string;
  /** For a table's cell. */
  readonly never: string;
  readonly neither: string;
}

export const deeds: Readonly<Record<Outcome, Deed>> = {
  restored: {
    did: 'restored',
    didNot: 'did not correct',
    sooner: 'restored faster',
    whole: 'restored what was disturbed',
    never: 'not corrected',
    neither: 'neither corrected it',
  },
  applied: {
    did: 'applied',
    didNot: 'did not apply',
    sooner: 'applied the change sooner',
    whole: 'applied the change',
    never: 'not applied',
    neither: 'neither applied it',
  },
  surfaced: {
    did: 'reported',
    didNot: 'did not report',
    sooner: 'reported the failure sooner',
    whole: 'reported the failure',
    never: 'not reported',
    neither: 'neither reported it',
  },
  undone: {
    did: 'went back from',
    didNot: 'did not go back from',
    sooner: 'went back sooner',
    whole: 'went back',
    never: 'not gone back',
    neither: 'neither went back from it',
  },
  left: {
    did: 'left',
    didNot: 'did not leave',
    sooner: 'had looked at it and left it alone sooner',
    whole: 'left it alone',
    never: 'not left',
    neither: 'neither left it',
  },
  resumed: {
    did: 'resumed after',
    didNot: 'did not resume after',
    sooner: 'was back to normal sooner',
    whole: 'was back to normal',
    never: 'not resumed',
    neither: 'neither resumed after it',
  },
};

/** What was sooner or faster, where what engines did differs from one disturbance to the other. */
export const soonerAtAll = 'was faster';
