import type { Application, Change, ObjectName } from '../scenario.ts';

interface ColdStart {
  /** What is declared of the order, as it follows after "someone commits". */
  readonly how: string;
  readonly feature: string;
  readonly change: Change['change'];
  readonly filesOf: NonNullable<Application['filesOf']>;
  /** What is there once all has come up. */
  readonly whole: readonly ObjectName[];
  readonly knownToTakeMs?: Readonly<Record<string, number>>;
}

/** Someone commits manifests that need each other to a cluster that has none of them. */
export function commitAll(name: string, { how, whole, knownToTakeMs = {}, ...rest }: ColdStart): Change {
  return {
    ...rest,
    name,
    kind: 'change',
    sentence: `someone commits ${how}`,
    command: 'git add . && git commit && git push',
    message: `Bring ${how}`,
    restores: whole,
    readies: whole,
    removes: [],
    knownToTakeMs,
  };
}
