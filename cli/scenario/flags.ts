import type { ExistingOptions } from '../../lab/existing/options.ts';
import type { EngineName } from '../../reports/record/schema.ts';
import type { Threshold } from '../../reports/thresholds/threshold.ts';

/** What a kind of lab can be told. */
export interface LabFlags extends Omit<ExistingOptions, 'ask'> {
  readonly nodes?: number | undefined;
}

/** The flags of `scenario` as the parser gives them. */
export interface ScenarioFlags extends LabFlags {
  readonly lab?: string | undefined;
  readonly engine?: readonly EngineName[] | undefined;
  readonly profile?: string | undefined;
  readonly only?: string | undefined;
  readonly iterations?: number | undefined;
  readonly seed?: number | undefined;
  readonly timeout?: number | undefined;
  readonly out?: string | undefined;
  readonly threshold?: readonly Threshold[] | undefined;
  /** The directory of the user's own scenarios. */
  readonly scenarios?: string | undefined;
  readonly keepLab?: true | undefined;
  readonly present?: true | undefined;
  /** How long each pause of a presentation lasts, in milliseconds. */
  readonly pace?: number | undefined;
}
