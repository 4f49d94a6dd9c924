import type { TopLevelSpec } from 'vega-lite';
import { formatDuration } from '../../../common/duration.ts';
import type { Description } from '../../statistics/describe.ts';
import type { Estimate } from '../../statistics/sample.ts';
import type { Sample } from '../../statistics/sample.ts';
import type { Analysis } from '../analysis.ts';
import type { Arm } from '../arm.ts';
import { engineColours, engineLabels, timeKinds, type TimeName } from '../names.ts';
import { medianCell } from '../verdict-words.ts';
import { chartConfig, disturbanceRows, chartWidth, type Chart } from './chart.ts';
import { timeScaleOf } from './time-scale.ts';

/** Every sample of one time, with box and median, a facet for each disturbance. Null where there are no samples. */
export function distributionChart(analysis: Analysis, time: TimeName): Chart | null {
  const arms = analysis.arms.filter((arm) => arm.time === time && arm.samples.length > 0);
  if (arms.length === 0) return null;
  const samples = arms.flatMap((arm) => arm.samples);
  const { scale, isLogarithmic } = timeScaleOf(samples);
  const censored = samples.filter(({ isCensored }) => isCensored).length;
  const title = `${timeKinds[time].title}: every sample`;
  return {
    fileName: `distribution-${time}.svg`,
    title,
    spec: distributionSpec(
      arms.map((arm) => ({ ...arm, lane: engineLabels[arm.engine] })),
      {
        title,
        scale,
        isLogarithmic,
        disturbances: analysis.disturbances,
        lanes: analysis.engines.map((engine) => ({
          label: engineLabels[engine],
          colour: engineColours[engine],
        })),
      },
    ),
    caption:
      `${timeKinds[time].title}, from the disturbance until ${timeKinds[time].until}. Each dot is one iteration; the box ` +
      'holds the middle half, its line is the median, the thin line runs from the shortest to the longest.' +
      (censored > 0 ? ' A triangle is an iteration that took longer than it was watched.' : '') +
      (isLogarithmic ? ' The axis is logarithmic.' : ''),
    alternative: `Median ${timeKinds[time].title.toLowerCase()}. ${arms.map(armInWords).join('; ')}.`,
  };
}

function armInWords(arm: Arm): string {
  return `${arm.disturbance}, ${engineLabels[arm.engine]}: ${medianCell(arm)} (n = ${arm.samples.length})`;
}

/** Samples that are drawn in one lane. */
interface LaneSamples {
  readonly disturbance: string;
  readonly samples: readonly (Sample & { readonly iteration?: number })[];
  readonly description: Description | null;
  /** The label of its lane. */
  readonly lane: string;
}

interface Look {
  readonly title: string;
  readonly disturbances: readonly string[];
  /** What lies below each other in the facet of a disturbance, from top to bottom. */
  readonly lanes: readonly { readonly label: string; readonly colour: string }[];
  readonly scale: ReturnType<typeof timeScaleOf>['scale'];
  readonly isLogarithmic: boolean;
}

/** Draws every sample with box and median: a facet for each disturbance, a lane for each label. */
export function distributionSpec(arms: readonly LaneSamples[], look: Look): TopLevelSpec {
  const labels = look.lanes.map(({ label }) => label);
  const colour = {
    field: 'engine',
    type: 'nominal',
    legend: null,
    scale: { domain: labels, range: look.lanes.map(({ colour: own }) => own) },
  } as const;
  const axis = { grid: true, tickCount: 8, title: look.isLogarithmic ? 'seconds (logarithmic)' : 'seconds' };
  const x = { field: 'seconds', type: 'quantitative', scale: look.scale, axis } as const;
  const row = (field: string) => rowEncoding(field, labels);
  const description = { field: 'words' } as const;
  const only = (shape: string) => ({ filter: `datum.shape === '${shape}'` });
  return {
    $schema: 'https://vega.github.io/schema/vega-lite/v6.json',
    title: look.title,
    config: chartConfig,
    data: { values: arms.flatMap((arm) => rowsOf(arm, labels.indexOf(arm.lane))) },
    facet: disturbanceRows(look.disturbances),
    spacing: 10,
    spec: {
      width: chartWidth,
      height: 34 * labels.length,
      encoding: { color: colour },
      layer: [
        {
          transform: [only('range')],
          mark: { type: 'rule' },
          encoding: { x, x2: { field: 'end' }, y: row('row') },
        },
        {
          transform: [only('box')],
          mark: { type: 'rect', fillOpacity: 0.25, strokeWidth: 1 },
          encoding: { x, x2: { field: 'end' }, y: row('top'), y2: { field: 'bottom' }, stroke: colour },
        },
        {
          transform: [only('median')],
          mark: { type: 'rule', strokeWidth: 3 },
          encoding: { x, y: row('top'), y2: { field: 'bottom' } },
        },
        {
          transform: [only('sample')],
          mark: { type: 'circle', size: 26, opacity: 0.85, aria: true },
          encoding: { x, y: row('row'), description },
        },
        {
          transform: [only('censored')],
          mark: { type: 'point', shape: 'triangle-right', size: 50, filled: true, opacity: 1 },
          encoding: { x, y: row('row'), description },
        },
      ],
    },
  };
}

/** A row for each lane on a number line, so that boxes and dots of one lane can lie apart. */
function rowEncoding(field: string, labels: readonly string[]) {
  return {
    field,
    type: 'quantitative' as const,
    scale: { domain: [-0.5, labels.length - 0.5], reverse: true, nice: false },
    axis: {
      title: null,
      grid: false,
      ticks: false,
      domain: false,
      values: labels.map((_, index) => index),
      labelExpr: `${JSON.stringify(labels)}[datum.value]`,
    },
  };
}

/** The marks of one arm as rows of data; the box lies above the strip of samples. */
function rowsOf(
  { disturbance, lane, description, samples }: LaneSamples,
  row: number,
): Record<string, unknown>[] {
  const base = { disturbance, engine: lane };
  const marks = boxOf(description).map((mark) => ({
    ...mark,
    row: row - 0.18,
    top: row - 0.34,
    bottom: row - 0.02,
  }));
  const stripTop = marks.length === 0 ? row - 0.3 : row + 0.1;
  const dots = samples.map(({ valueMs, isCensored, iteration }, index) => ({
    shape: isCensored ? 'censored' : 'sample',
    words: [
      lane,
      iteration === undefined ? [] : `iteration ${iteration}`,
      `${disturbance}: ${isCensored ? 'more than ' : ''}${formatDuration(valueMs)}`,
    ]
      .flat()
      .join(', '),
    seconds: valueMs / 1000,
    row: stripTop + ((index % 7) / 6) * (row + 0.4 - stripTop),
  }));
  return [...marks, ...dots].map((mark) => ({ ...base, ...mark }));
}

function boxOf(description: Description | null): Record<string, unknown>[] {
  if (description === null || description.censoredCount === description.count) return [];
  const { min, lowerQuartile, median, upperQuartile, max } = description;
  const span = (shape: string, from: Estimate, to: Estimate) => ({
    shape,
    seconds: from.valueMs / 1000,
    end: to.valueMs / 1000,
  });
  return [span('range', min, max), span('box', lowerQuartile, upperQuartile), span('median', median, median)];
}
