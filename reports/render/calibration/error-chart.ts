import type { TopLevelSpec } from 'vega-lite';
import type { Calibration, CalibrationCondition } from '../../record/calibration.ts';
import { chartConfig, chartWidth, type Chart } from '../charts/chart.ts';
import { formatMs } from './words.ts';

/** Blue, green and purple of the Okabe-Ito palette (https://jfly.uni-koeln.de/color/), which colour-blind people tell apart. */
const colours = ['#56B4E9', '#009E73', '#CC79A7'];

/** The smallest error that is drawn; the axis is logarithmic. */
const leastMs = 0.01;

/** Steps of the share of samples whose error is at most so large. */
function stepsOf({ objects, isBusy, errorsMs }: CalibrationCondition) {
  const sizes = errorsMs.map((errorMs) => Math.max(leastMs, Math.abs(errorMs))).toSorted((a, b) => a - b);
  return sizes.map((errorMs, index) => ({
    errorMs,
    share: (index + 1) / sizes.length,
    objects: `${objects} objects`,
    machine: isBusy ? 'busy' : 'idle',
  }));
}

function conditionInWords({ name, error, samples }: CalibrationCondition): string {
  return `${name}: p99 ${formatMs(error.p99Ms)}, worst ${formatMs(error.worstMs)} (n = ${samples})`;
}

/** How large the error was in what share of the samples, a line for each condition. Null where there are no samples. */
export function errorChart({ conditions }: Calibration): Chart | null {
  if (conditions.length === 0) return null;
  const title = 'The harness’s error: measured minus true';
  return {
    fileName: 'calibration-error.svg',
    title,
    spec: errorSpec(conditions, title),
    caption:
      'Each line rises with the share of samples whose error is at most so large, whichever its sign; it is dashed where the ' +
      'machine was busy. Further to the left is more exact. The upright lines are the targets for the p99 on an idle machine. The axis is logarithmic.',
    alternative: `${conditions.map(conditionInWords).join('; ')}.`,
  };
}

function errorSpec(conditions: readonly CalibrationCondition[], title: string): TopLevelSpec {
  const objects = [...new Set(conditions.map((condition) => `${condition.objects} objects`))];
  const targets = conditions.flatMap(({ targetP99Ms }) =>
    targetP99Ms === null ? [] : [{ errorMs: targetP99Ms }],
  );
  const x = {
    field: 'errorMs',
    type: 'quantitative',
    scale: { type: 'log' },
    axis: { title: 'size of the error in milliseconds (logarithmic)', grid: true },
  } as const;
  return {
    $schema: 'https://vega.github.io/schema/vega-lite/v6.json',
    title,
    config: chartConfig,
    width: chartWidth,
    height: 260,
    layer: [
      {
        data: { values: conditions.flatMap(stepsOf) },
        mark: { type: 'line', interpolate: 'step-after', strokeWidth: 2 },
        encoding: {
          x,
          y: {
            field: 'share',
            type: 'quantitative',
            scale: { domain: [0, 1] },
            axis: { title: 'share of the samples', format: '.0%' },
          },
          color: {
            field: 'objects',
            type: 'nominal',
            sort: objects,
            scale: { domain: objects, range: colours },
            legend: { title: 'watched' },
          },
          strokeDash: {
            field: 'machine',
            type: 'nominal',
            scale: {
              domain: ['idle', 'busy'],
              range: [
                [1, 0],
                [5, 4],
              ],
            },
            legend: { title: 'machine' },
          },
        },
      },
      {
        data: { values: targets },
        mark: { type: 'rule', color: '#555', strokeDash: [2, 3] },
        encoding: { x },
      },
    ],
  };
}
