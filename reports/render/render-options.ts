import type { Results } from '../record/schema.ts';
import type { ReportFormat } from './formats.ts';

/** How the record of a run is rendered. */
export interface RenderOptions {
  /** The one form to write; all are written unless it is given. */
  readonly only?: ReportFormat | undefined;
  /** Adds to results of an earlier version what they do not say. */
  readonly complete?: (results: Results) => Results;
}
