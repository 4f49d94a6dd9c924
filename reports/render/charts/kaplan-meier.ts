import type { TopLevelSpec } from 'vega-lite';
import { kaplanMeier } from '../../statistics/kaplan-meier.ts';
import { earliestValue } from '../../statistics/sample.ts';
import { formatDuration } from '../../../common/duration.ts';
import type { Analysis } from '../analysis.ts';
import type { Arm } from '../arm.ts';
import { horizonMs, notesWithin, restoredWithin } from '../censoring-words.ts';
import { engineColours, engineLabels } from '../names.ts';
import { chartConfig, chartWidth, disturbanceRows, type Chart } from './chart.ts';
import { timeScaleOf } from './time-scale.ts';

const rowHeight = 130;

/**
 * The Kaplan-Meier curves of the time to restore, with their bands, of all engines after each disturbance that has a censored
 * sample. Null where there is none.
 */
export function kaplanMeierChart(analysis: Analysis): Chart | null {
  const arms = armsToDraw(analysis);
  if (arms.length === 0) return null;
  const { scale, isLogarithmic } = timeScaleOf(arms.flatMap(({ samples }) => samples));
  const title = 'Share not restored yet, where not every iteration was restored';
  const hasGivenUp = arms.some(({ samples }) => samples.some(isGivenUp));
  return {
    fileName: 'kaplan-meier.svg',
    title,
    spec: curvesSpec(analysis, arms, { title, scale, isLogarithmic }),
    caption:
      'Kaplan-Meier curves of the time to restore, with their 95 % bands (log-log). A curve falls where iterations were restored. ' +
      'An upright stroke is an iteration that was not restored while it was watched' +
      (hasGivenUp ? '; a cross one that the engine gave up, which stays among those not restored.' : '.') +
      (isLogarithmic ? ' The axis is logarithmic.' : ''),
    alternative: `${arms.map((arm) => armInWords(arm, arms)).join('; ')}.`,
  };
}

function armsToDraw({ arms, disturbances }: Analysis): Arm[] {
  const restoring = arms.filter(({ time, samples }) => time === 'restore' && samples.length > 0);
  return disturbances
    .map((disturbance) => restoring.filter((arm) => arm.disturbance === disturbance))
    .filter((together) => horizonMs(together) !== null)
    .flat();
}

function armInWords(arm: Arm, all: readonly Arm[]): string {
  const untilMs = horizonMs(all.filter(({ disturbance }) => disturbance === arm.disturbance)) ?? 0;
  return (
    `${arm.disturbance}, ${engineLabels[arm.engine]}: restored in ${restoredWithin(arm, untilMs)} ` +
    `within ${formatDuration(untilMs)}${notesWithin(arm, untilMs)}`
  );
}

function isGivenUp(sample: Arm['samples'][number]): boolean {
  return earliestValue(sample) === Infinity;
}

/** The marks of one arm as rows of data: the steps of its curve and its band, and its censored samples. */
function rowsOf({ disturbance, engine, samples }: Arm): Record<string, unknown>[] {
  const { steps, endMs } = kaplanMeier(samples);
  const start = { atMs: 0, share: 1, band: null };
  const last = steps.at(-1) ?? start;
  const curve = [start, ...steps, { ...last, atMs: endMs }];
  const bands = steps.flatMap(({ atMs, band }, index) => {
    if (band === null) return [];
    const toMs = steps[index + 1]?.atMs ?? endMs;
    return [{ shape: 'band', seconds: atMs / 1000, to: toMs / 1000, ...band }];
  });
  const strokes = samples
    .filter(({ isCensored }) => isCensored)
    .map((sample) => ({
      shape: isGivenUp(sample) ? 'given up' : 'censored',
      seconds: sample.valueMs / 1000,
      share: curve.findLast(({ atMs }) => atMs <= sample.valueMs)?.share ?? 1,
    }));
  const rows = [
    ...bands,
    ...curve.map(({ atMs, share }) => ({ shape: 'curve', seconds: atMs / 1000, share })),
    ...strokes,
  ];
  return rows.map((row) => ({ ...row, disturbance, engine: engineLabels[engine] }));
}

interface Look {
  readonly title: string;
  readonly scale: ReturnType<typeof timeScaleOf>['scale'];
  readonly isLogarithmic: boolean;
}

function curvesSpec(
  { engines, disturbances }: Analysis,
  arms: readonly Arm[],
  { title, scale, isLogarithmic }: Look,
): TopLevelSpec {
  const axis = { tickCount: 8, title: isLogarithmic ? 'seconds (logarithmic)' : 'seconds' };
  const x = { field: 'seconds', type: 'quantitative', scale, axis } as const;
  const y = {
    field: 'share',
    type: 'quantitative',
    scale: { domain: [0, 1] as number[] },
    axis: { title: 'not restored yet', format: '%', tickCount: 4 },
  } as const;
  const colour = {
    field: 'engine',
    type: 'nominal',
    legend: { title: null, orient: 'top', direction: 'horizontal', symbolOpacity: 1 },
    scale: {
      domain: engines.map((engine) => engineLabels[engine]),
      range: engines.map((engine) => engineColours[engine]),
    },
  } as const;
  const only = (shape: string) => [{ filter: `datum.shape === '${shape}'` }];
  const point = (shape: 'stroke' | 'cross', angle: number) => ({
    type: 'point' as const,
    shape,
    angle,
    size: 90,
    strokeWidth: 1.5,
    opacity: 1,
  });
  return {
    $schema: 'https://vega.github.io/schema/vega-lite/v6.json',
    title,
    config: chartConfig,
    data: { values: arms.flatMap(rowsOf).map((row) => atLeast(row, scale.domain[0])) },
    facet: disturbanceRows(disturbances),
    spacing: 12,
    spec: {
      width: chartWidth,
      height: rowHeight,
      encoding: { color: colour },
      layer: [
        {
          transform: only('band'),
          mark: { type: 'rect', opacity: 0.15, strokeWidth: 0 },
          encoding: { x, x2: { field: 'to' }, y: { ...y, field: 'low' }, y2: { field: 'high' } },
        },
        {
          transform: only('curve'),
          mark: { type: 'line', interpolate: 'step-after', strokeWidth: 2 },
          encoding: { x, y },
        },
        { transform: only('censored'), mark: point('stroke', 90), encoding: { x, y } },
        { transform: only('given up'), mark: point('cross', 45), encoding: { x, y } },
      ],
    },
  };
}

/** A logarithmic axis has no 0, so that a curve starts where the axis does. */
function atLeast(row: Record<string, unknown>, startSeconds: number): Record<string, unknown> {
  return { ...row, seconds: Math.max(Number(row['seconds']), startSeconds) };
}
