import type { Origin, ToolName } from './tool.ts';

/** One tool on its way into the cache. */
export interface ToolStep {
  readonly tool: ToolName;
  readonly version: string;
  readonly origin: Exclude<Origin, 'own'>;
  /** Which of how many that have to be made, from 1. */
  readonly position: number;
  readonly total: number;
  /** Since the first of them was started. */
  readonly elapsedMs: number;
  /** An estimate for this one and all that follow. */
  readonly remainingMs: number;
}

/** Told what happens while tools are provided. Tools that are at hand already cause no steps. */
export interface ToolchainProgress {
  readonly started: (step: ToolStep) => void;
  /** Called about once a second; `detail` is what is being done now. */
  readonly advanced: (step: ToolStep, detail: string) => void;
  readonly finished: (step: ToolStep, durationMs: number) => void;
  /** A plain line that stays true, such as that an official source can't be reached. */
  readonly notice: (line: string) => void;
}
