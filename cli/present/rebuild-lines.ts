import type { Observation } from '../../reports/record/observation.ts';
import { differingCount } from '../../scenarios/cluster-wipe/compare.ts';
import { RebuildTracker } from '../../scenarios/cluster-wipe/follow-rebuild.ts';
import type { FactOf } from '../../scenarios/runner/facts-of.ts';
import type { StageLine } from './stage-line.ts';
import { offsetText } from './words.ts';

const reachedWords: Readonly<Record<FactOf<'reached'>['what'], string>> = {
  'api-server': 'a new API server answers',
  'control-plane': 'the control plane is back',
  engine: 'the engine has applied what brings the applications',
};

/** What came of holding the clusters against each other. */
function comparisonLine(compared: FactOf<'compared'>): StageLine {
  const count = differingCount(compared);
  const { objects, differing, missing, extra } = compared;
  if (count === 0)
    return { kind: 'good', text: `Compared object by object: ${objects} objects, none differs.` };
  const [first = ''] = [...differing.map(({ object }) => object), ...missing, ...extra];
  return { kind: 'bad', text: `Compared object by object: ${count} of ${objects} differ, ${first} first.` };
}

/** What an audience is told of a cluster that is rebuilt: each application once it is ready, and not each of its objects. */
export class RebuildLines {
  readonly #applications: number;
  #tracker: RebuildTracker | undefined;
  #known: ReadonlySet<string> = new Set();

  constructor(applications: number) {
    this.#applications = applications;
  }

  /** How many applications are ready, such as `7 of 10 ready`; empty while nothing is lost. */
  get count(): string {
    return this.#tracker === undefined ? '' : `${this.#known.size} of ${this.#applications} ready`;
  }

  /** The lines of a fact; `zeroMs` is when the cluster was lost. Undefined for what is told as in any iteration. */
  take(fact: Observation, zeroMs: number): StageLine[] | undefined {
    const offset = offsetText(fact.atMs - zeroMs);
    if (fact.type === 'disturbed') {
      this.#tracker = new RebuildTracker(this.#applications, fact.revision);
      return [{ kind: 'fact', text: `${offset}${fact.what}` }];
    }
    if (fact.type === 'reached')
      return [{ kind: 'milestone', text: `${offset}── ${reachedWords[fact.what]} ──` }];
    if (fact.type === 'command') return [{ kind: 'command', text: fact.command }];
    if (fact.type === 'compared') return [comparisonLine(fact)];
    if (fact.type === 'engine') return [];
    if (fact.type !== 'object') return undefined;
    this.#tracker?.observe(fact);
    return this.#news(offset);
  }

  #news(offset: string): StageLine[] {
    const before = this.#known;
    this.#known = new Set(this.#tracker?.ready);
    const come = [...this.#known].filter((name) => !before.has(name));
    const lost = [...before].filter((name) => !this.#known.has(name));
    return [
      ...come.map((name): StageLine => ({ kind: 'fact', text: `${offset}${name} is ready · ${this.count}` })),
      ...lost.map((name): StageLine => ({
        kind: 'warning',
        text: `${offset}${name} is not ready any more · ${this.count}`,
      })),
    ];
  }
}
