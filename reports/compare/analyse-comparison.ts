import type { NamedResults } from '../record/named-run.ts';
import { findChanges, type Change } from './change.ts';
import { fidelityOf, type FidelityLine } from './fidelity.ts';
import { headlines, type Headline } from './headline.ts';
import { compareProperties, type Properties } from './properties.ts';
import { selectRuns, type Selection } from './selection.ts';
import { warningsOf } from './warnings.ts';

/** All that is said of runs side by side. */
export interface RunComparison {
  readonly selection: Selection;
  readonly properties: Properties;
  readonly warnings: readonly string[];
  readonly changes: readonly Change[];
  /** Empty where all runs were made in labs of one kind. */
  readonly fidelity: readonly FidelityLine[];
  readonly headlines: readonly Headline[];
  readonly leastMs: number;
}

/**
 * Sets runs side by side, the first being the baseline; a change of less than `leastMs` is never named. The same runs give the
 * same. Throws an explained error where they can't be compared.
 */
export function analyseComparison(runs: readonly NamedResults[], leastMs: number): RunComparison {
  const selection = selectRuns(runs);
  const properties = compareProperties(selection);
  const changes = findChanges(selection, leastMs);
  const fidelity = fidelityOf(selection, changes);
  return {
    selection,
    properties,
    warnings: warningsOf(selection, properties),
    changes,
    fidelity,
    headlines: headlines(selection, changes, fidelity),
    leastMs,
  };
}
