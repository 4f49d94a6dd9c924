import type { Observation } from '../../reports/record/observation.ts';
import {
  isAsGitHasIt,
  isReady,
  nextState,
  nothingKnown,
  type ClusterState,
} from '../runner/cluster-state.ts';
import { notDisturbed, type Recovery } from '../runner/recovery.ts';
import type { ObjectName } from '../scenario.ts';
import { applicationsOf, objectsOf } from './fleet.ts';

interface Application {
  readonly name: string;
  /** Its objects, and the endpoints of its Service. */
  readonly objects: readonly ObjectName[];
}

function followed(applications: number): readonly Application[] {
  return applicationsOf(applications).map((one) => ({
    name: one.name,
    objects: [
      ...objectsOf(one, 1).map(({ kind, metadata }): ObjectName => `${kind}/${metadata.name}`),
      `Endpoints/${one.name}`,
    ],
  }));
}

/** The objects of each application, and the endpoints of its Service. */
export function namesByApplication(applications: number): readonly (readonly ObjectName[])[] {
  return followed(applications).map(({ objects }) => objects);
}

function isEndpoints(name: ObjectName): boolean {
  return name.startsWith('Endpoints/');
}

/** Follows a rebuilt cluster from its loss on, fact by fact: the same code live, on stage, and when a history is judged. */
export class RebuildTracker {
  readonly #applications: readonly Application[];
  readonly #revision: string;
  readonly #ready = new Set<string>();
  #state: ClusterState = nothingKnown;
  #recovery: Recovery = notDisturbed;
  #firstApplicationAtMs: number | null = null;

  /** `revision` is the commit that the cluster is to be rebuilt from. */
  constructor(applications: number, revision: string) {
    this.#applications = followed(applications);
    this.#revision = revision;
  }

  get recovery(): Recovery {
    return this.#recovery;
  }

  get firstApplicationAtMs(): number | null {
    return this.#firstApplicationAtMs;
  }

  /** The applications that are as Git has them and ready. */
  get ready(): ReadonlySet<string> {
    return this.#ready;
  }

  observe(fact: Observation): void {
    const so = this.#recovery;
    const { atMs } = fact;
    if (fact.type === 'disturbed') this.#recovery = { ...notDisturbed, disturbedAtMs: atMs };
    this.#state = nextState(this.#state, fact);
    if (fact.type === 'engine') {
      const isSettled = fact.isSettled && fact.revision === this.#revision;
      const detectedAtMs = so.detectedAtMs ?? (fact.hasDetected ? atMs : null);
      this.#recovery = { ...so, detectedAtMs, settledAtMs: isSettled ? (so.settledAtMs ?? atMs) : null };
    }
    if (fact.type !== 'object') return;
    this.#look();
    if (this.#ready.size > 0) this.#firstApplicationAtMs ??= atMs;
    const isReadyNow = this.#ready.size === this.#applications.length;
    this.#recovery = {
      ...so,
      restoredAtMs: this.#isRestored() ? (so.restoredAtMs ?? atMs) : null,
      readyAtMs: isReadyNow ? (so.readyAtMs ?? atMs) : null,
    };
  }

  #isRestored(): boolean {
    return this.#applications.every(({ objects }) =>
      objects.every((name) => isEndpoints(name) || isAsGitHasIt(this.#state, name)),
    );
  }

  #look(): void {
    for (const { name, objects } of this.#applications) {
      if (objects.every((one) => isReady(this.#state, one) && isAsGitHasIt(this.#state, one)))
        this.#ready.add(name);
      else this.#ready.delete(name);
    }
  }
}
