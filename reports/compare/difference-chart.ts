import type { TopLevelSpec } from 'vega-lite';
import { chartConfig, chartWidth, rowHeader, type Chart } from '../render/charts/chart.ts';
import { formatDifference } from '../render/format.ts';
import { engineColours, engineLabels, timeKinds, timeNames } from '../render/names.ts';
import type { RunComparison } from './analyse-comparison.ts';
import type { Change } from './change.ts';
import { changeTitle, shortChange } from './change-words.ts';

/** Beyond this ratio of the largest difference to the smallest, a linear axis would press the small ones into one line. */
const maxLinearSpread = 30;

/** By how much each time differs from the baseline's, with its interval. Null where nothing can be drawn. */
export function differenceChart({ changes, selection }: RunComparison): Chart | null {
  const { baseline, others, engines } = selection;
  const drawn = changes.filter(({ comparison }) => comparison.difference !== null);
  if (drawn.length === 0) return null;
  const laneOf = (change: Change): string =>
    [change.disturbance, engineLabels[change.engine], ...(others.length > 1 ? [change.run.letter] : [])].join(
      ', ',
    );
  const rows = drawn.flatMap((change) => marksOf(change, laneOf(change)));
  const title = `Difference from ${baseline.letter}, with its 95 % interval`;
  const scale = scaleOf(rows);
  return {
    fileName: 'compare-difference.svg',
    title,
    spec: differenceSpec(rows, {
      title,
      scale,
      lanes: [...new Set(drawn.map(laneOf))],
      times: timeNames.map((time) => timeKinds[time].title),
      engines: engines.map((engine) => ({ label: engineLabels[engine], colour: engineColours[engine] })),
    }),
    caption:
      `By how much longer each time was than in ${baseline.letter}: to the right of zero it was slower. A dot is the Hodges-Lehmann difference, its line ` +
      'the 95 % interval; a triangle says that the difference goes on beyond it. Within the grey bar it is too small to matter.' +
      (scale.isLogarithmic ? ' The axis is logarithmic on both sides of zero.' : ''),
    alternative: `${drawn.map((change) => `${changeTitle(change)}${others.length > 1 ? `, ${change.run.letter}` : ''}: ${formatDifference(change.comparison.difference)} (${shortChange(change, baseline)})`).join('; ')}.`,
  };
}

type Mark = Readonly<Record<string, string | number>>;

function marksOf(change: Change, lane: string): Mark[] {
  const { comparison, engine, time, minimumMs } = change;
  const { difference } = comparison;
  if (difference === null) return [];
  const { estimate, interval } = difference;
  const base = { lane, engine: engineLabels[engine], time: timeKinds[time].title };
  const shapes = { equal: 'dot', moreThan: 'more', lessThan: 'less' } as const;
  return [
    { ...base, shape: 'minimum', from: -minimumMs / 1000, to: minimumMs / 1000 },
    ...(interval === null
      ? []
      : [
          { ...base, shape: 'interval', from: interval.low.valueMs / 1000, to: interval.high.valueMs / 1000 },
        ]),
    { ...base, shape: shapes[estimate.relation], from: estimate.valueMs / 1000 },
  ];
}

interface Look {
  readonly title: string;
  readonly scale: ReturnType<typeof scaleOf>;
  readonly lanes: readonly string[];
  readonly times: readonly string[];
  readonly engines: readonly { readonly label: string; readonly colour: string }[];
}

/** Below this many seconds an axis that is logarithmic on both sides of zero is as good as linear. */
const linearUpTo = 0.05;

const powers = [0.1, 1, 10, 100, 1000, 10_000];

/** The axis, in seconds: logarithmic on both sides of zero where the largest difference would press the others into one line. */
function scaleOf(marks: readonly Mark[]) {
  const ends = marks.flatMap(({ from, to }) => [from, to]).filter((end) => typeof end === 'number');
  const sizes = ends.map(Math.abs).toSorted((left, right) => left - right);
  const largest = sizes.at(-1) ?? 0;
  const isLogarithmic = largest / Math.max(sizes[Math.floor(sizes.length / 2)] ?? 0, 0.001) > maxLinearSpread;
  const beyond = isLogarithmic ? 1.5 : 1.06;
  const domain = [Math.min(...ends) * beyond, Math.max(...ends) * beyond];
  if (!isLogarithmic) return { isLogarithmic, scale: { domain, nice: false }, ticks: { tickCount: 8 } };
  const values = [...powers.map((power) => -power).toReversed(), 0, ...powers];
  return {
    isLogarithmic,
    scale: { type: 'symlog' as const, constant: linearUpTo, domain, nice: false },
    ticks: {
      // The scale's own format would round the small ones to 0.
      labelExpr: "format(datum.value, '~f')",
      values: values.filter((value) => value >= (domain[0] ?? 0) && value <= (domain[1] ?? 0)),
    },
  };
}

function differenceSpec(rows: readonly Mark[], look: Look): TopLevelSpec {
  const { scale, ticks } = look.scale;
  const axis = { grid: true, title: 'seconds longer than the baseline', ...ticks };
  const x = { field: 'from', type: 'quantitative', scale, axis } as const;
  const y = {
    field: 'lane',
    type: 'nominal',
    sort: [...look.lanes],
    axis: { title: null, labelLimit: 260, ticks: false, domain: false },
  } as const;
  const color = {
    field: 'engine',
    type: 'nominal',
    legend: null,
    scale: {
      domain: look.engines.map(({ label }) => label),
      range: look.engines.map(({ colour }) => colour),
    },
  } as const;
  const only = (...shapes: readonly string[]) => [
    { filter: shapes.map((shape) => `datum.shape === '${shape}'`).join(' || ') },
  ];
  return {
    $schema: 'https://vega.github.io/schema/vega-lite/v6.json',
    title: look.title,
    config: chartConfig,
    data: { values: rows.map((row) => ({ ...row })) },
    facet: { row: { field: 'time', type: 'nominal', sort: [...look.times], header: rowHeader } },
    spacing: 10,
    spec: {
      width: chartWidth,
      height: { step: 20 },
      layer: [
        {
          transform: only('minimum'),
          mark: { type: 'bar', color: '#dddddd', height: 14 },
          encoding: { x, y, x2: { field: 'to' } },
        },
        { mark: { type: 'rule', color: '#555555' }, encoding: { x: { datum: 0 } } },
        {
          transform: only('interval'),
          mark: { type: 'rule', strokeWidth: 2 },
          encoding: { x, y, x2: { field: 'to' }, color },
        },
        {
          transform: only('dot'),
          mark: { type: 'circle', size: 60, opacity: 1 },
          encoding: { x, y, color },
        },
        {
          transform: only('more'),
          mark: { type: 'point', shape: 'triangle-right', size: 60, filled: true, opacity: 1 },
          encoding: { x, y, color },
        },
        {
          transform: only('less'),
          mark: { type: 'point', shape: 'triangle-left', size: 60, filled: true, opacity: 1 },
          encoding: { x, y, color },
        },
      ],
    },
  };
}
