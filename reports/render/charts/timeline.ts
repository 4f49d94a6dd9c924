import type { TopLevelSpec } from 'vega-lite';
import type { Observation } from '../../record/observation.ts';
import type { EngineName, Iteration, Results } from '../../record/schema.ts';
import { armOf, type Analysis } from '../analysis.ts';
import { judgedIterations } from '../arm.ts';
import { engineColours, engineLabels } from '../names.ts';
import { chartConfig, chartWidth, type Chart } from './chart.ts';
import { timelineEvents, type TimelineEvent } from './timeline-events.ts';

const rowHeight = 20;
const maxLetters = 54;

/** A timeline of one typical iteration for each engine that has a valid one and a history, of the same disturbance if possible. */
export function timelineCharts(
  results: Results,
  history: readonly Observation[],
  analysis: Analysis,
): Chart[] {
  const shared = analysis.disturbances.find((disturbance) =>
    analysis.engines.every(
      (engine) => typicalIteration(results, analysis, disturbance, engine) !== undefined,
    ),
  );
  const order = shared === undefined ? analysis.disturbances : [shared];
  return analysis.engines.flatMap((engine) => {
    const typical = order
      .map((disturbance) => typicalIteration(results, analysis, disturbance, engine))
      .find((iteration) => iteration !== undefined);
    return typical === undefined ? [] : timelineChart(typical, history);
  });
}

/** The valid measured iteration whose time to restore is nearest to the median of its arm. */
function typicalIteration(
  results: Results,
  analysis: Analysis,
  disturbance: string,
  engine: EngineName,
): Iteration | undefined {
  const medianMs = armOf(analysis, disturbance, engine, 'restore').description?.median.valueMs ?? 0;
  return judgedIterations(results)
    .filter((iteration) => iteration.engine === engine && iteration.disturbance === disturbance)
    .flatMap((iteration) =>
      iteration.verdict === 'valid' && iteration.timeToRestoreMs !== null
        ? [{ iteration, distanceMs: Math.abs(iteration.timeToRestoreMs - medianMs) }]
        : [],
    )
    .toSorted((left, right) => left.distanceMs - right.distanceMs)[0]?.iteration;
}

function timelineChart(iteration: Iteration, history: readonly Observation[]): Chart[] {
  const { events, leftOut } = timelineEvents(iteration, history);
  if (events.every(({ kind }) => kind === 'milestone')) return [];
  const label = engineLabels[iteration.engine];
  const title = `${label}, ${iteration.disturbance}: a typical iteration`;
  const more = leftOut === 0 ? '' : ` ${leftOut} later events are left out; history.jsonl has them all.`;
  return [
    {
      fileName: `timeline-${iteration.engine}.svg`,
      title,
      spec: timelineSpec(events, iteration.engine, title),
      caption:
        `Iteration ${iteration.index} of ${label}, the valid one nearest to the median time to restore after ` +
        `${iteration.disturbance}. Squares are objects, circles the engine, diamonds the measured times.${more}`,
      alternative: `${events.map(({ offsetMs, text }) => `${Math.round(offsetMs)} ms: ${text}`).join('; ')}.`,
    },
  ];
}

function timelineSpec(events: readonly TimelineEvent[], engine: EngineName, title: string): TopLevelSpec {
  const seconds = events.map(({ offsetMs }) => offsetMs / 1000);
  const [first, last] = [Math.min(0, ...seconds), Math.max(0.001, ...seconds)];
  const values = events.map(({ offsetMs, kind, text }, row) => ({
    row,
    kind,
    seconds: offsetMs / 1000,
    isLate: offsetMs / 1000 > first + (last - first) * 0.5,
    text: text.length > maxLetters ? `${text.slice(0, maxLetters - 1)}…` : text,
  }));
  const kinds = {
    domain: ['disturbance', 'object', 'engine', 'milestone'],
    colours: ['#000000', '#6B6B6B', engineColours[engine], engineColours[engine]],
    shapes: ['cross', 'square', 'circle', 'diamond'],
  };
  const y = { field: 'row', type: 'ordinal', axis: null } as const;
  const x = {
    field: 'seconds',
    type: 'quantitative' as const,
    scale: { domain: [first - (last - first) * 0.02, last * 1.02], nice: false },
    axis: { title: 'seconds since the disturbance', tickCount: 8 },
  };
  const text = (align: 'left' | 'right', isLate: boolean, isBold: boolean) => ({
    transform: [{ filter: `datum.isLate === ${isLate} && (datum.kind === 'milestone') === ${isBold}` }],
    mark: {
      type: 'text' as const,
      align,
      dx: align === 'left' ? 9 : -9,
      fontSize: 11,
      fontWeight: isBold ? ('bold' as const) : ('normal' as const),
    },
    encoding: { x, y, text: { field: 'text' } },
  });
  return {
    $schema: 'https://vega.github.io/schema/vega-lite/v6.json',
    title,
    config: chartConfig,
    data: { values },
    width: chartWidth + 100,
    height: { step: rowHeight },
    layer: [
      { mark: { type: 'rule', color: '#bbb', strokeDash: [3, 3] }, encoding: { x: { datum: 0 } } },
      {
        mark: { type: 'point', filled: true, size: 70, opacity: 1 },
        encoding: {
          x,
          y,
          color: {
            field: 'kind',
            type: 'nominal',
            legend: null,
            scale: { domain: kinds.domain, range: kinds.colours },
          },
          shape: {
            field: 'kind',
            type: 'nominal',
            legend: null,
            scale: { domain: kinds.domain, range: kinds.shapes },
          },
        },
      },
      text('left', false, false),
      text('left', false, true),
      text('right', true, false),
      text('right', true, true),
    ],
  };
}
