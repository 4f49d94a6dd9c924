import type { Clock } from '../../common/clock.ts';
import type { PreparedLabs } from '../../lab/provider.ts';
import type { Tool, ToolName } from '../../lab/toolchain/toolchain.ts';
import type { OpenRun } from '../../reports/record/writer.ts';
import type { RunProgress } from './progress.ts';
import type { ResultsBuilder } from './results-builder.ts';

/** What all parts of a run share, whichever way its iterations are made. */
export interface SharedByRun<Request> {
  readonly request: Request;
  readonly labs: PreparedLabs;
  readonly progress: RunProgress;
  readonly tools: ReadonlyMap<ToolName, Tool>;
  readonly run: OpenRun;
  readonly clock: Clock;
  readonly results: ResultsBuilder;
  readonly signal: AbortSignal;
}
