import type { EngineName, Results } from '../record/schema.ts';
import type { TimeName } from '../render/names.ts';

export const anything = '*';

export const kinds = ['drift', 'change', 'fault'] as const satisfies readonly DisturbanceKind[];
type DisturbanceKind = Results['scenario']['disturbances'][number]['kind'];

/** The times as thresholds call them. */
export const timesByName = {
  timeToDetect: 'detect',
  timeToRestore: 'restore',
  timeToReady: 'ready',
  timeToSettle: 'settle',
} as const satisfies Readonly<Record<string, TimeName>>;

/** The statistics that are a duration. */
export const durationStatistics = ['median', 'p90', 'p95', 'max', 'min'] as const;
export type DurationStatistic = (typeof durationStatistics)[number];

/** Those that count iterations; all but `count` can be given as a share, too. */
export const countStatistics = ['count', 'censored', 'invalid'] as const;
export type CountStatistic = (typeof countStatistics)[number];

export const operators = ['<', '<=', '>', '>='] as const;
export type Operator = (typeof operators)[number];

/** What is measured, and in which unit its limit is; a share is from 0 to 1. */
type Demand =
  | { readonly statistic: DurationStatistic; readonly unit: 'ms' }
  | { readonly statistic: CountStatistic; readonly unit: 'iterations' | 'share' };

/** A demand on a run: `flux.drift.delete-deployment.timeToRestore.p95 < 30s`. */
export type Threshold = Demand & {
  /** As it was typed, with one blank on either side of its operator. */
  readonly text: string;
  readonly engine: EngineName | typeof anything;
  readonly kind: DisturbanceKind | typeof anything;
  /** The name of a disturbance, or `*` for each of the run's. */
  readonly disturbance: string;
  readonly time: keyof typeof timesByName;
  readonly operator: Operator;
  readonly limit: number;
  /** The limit as it was typed. */
  readonly limitText: string;
};
