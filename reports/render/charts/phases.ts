import type { TopLevelSpec } from 'vega-lite';
import { armOf, type Analysis } from '../analysis.ts';
import { formatEstimate } from '../format.ts';
import { engineLabels, timeKinds, timeNames, type TimeName } from '../names.ts';
import type { EngineName } from '../../record/schema.ts';
import { chartConfig, disturbanceRows, chartWidth, type Chart } from './chart.ts';

/** Of a label's usual letter, in pixels. */
const letterWidth = 6.5;

interface Phase {
  readonly until: TimeName;
  readonly fromMs: number;
  readonly toMs: number;
}

interface Bar {
  readonly disturbance: string;
  readonly engine: EngineName;
  readonly phases: readonly Phase[];
  /** At the end of the bar: its length, and which time never came. */
  readonly label: string;
}

/** Grey, indigo, teal and sand of Paul Tol's muted palette (https://personal.sron.nl/~pault/), apart from the engines' colours. */
const phaseColours: Readonly<Record<TimeName, string>> = {
  detect: '#9A9A9A',
  restore: '#332288',
  ready: '#44AA99',
  settle: '#DDCC77',
};

const phaseLabels: Readonly<Record<TimeName, string>> = {
  detect: 'until detected',
  restore: 'until restored',
  ready: 'until ready',
  settle: 'until settled',
};

/** The median times of each engine and disturbance, one after another. Null where there are no samples. */
export function phasesChart(analysis: Analysis): Chart | null {
  const bars = analysis.disturbances
    .flatMap((disturbance) => analysis.engines.map((engine) => barOf(analysis, disturbance, engine)))
    .filter(({ label }) => label !== '');
  if (bars.length === 0) return null;
  const title = 'From the disturbance to settled: medians';
  return {
    fileName: 'phases.svg',
    title,
    spec: phasesSpec(analysis, bars, title),
    caption:
      'Each bar runs from the disturbance to the last median time; a colour ends where that median lies. ' +
      'Medians of different times may come from different iterations.',
    alternative: `${bars.map(barInWords).join('; ')}.`,
  };
}

function barInWords({ disturbance, engine, phases, label }: Bar): string {
  const ends = phases.map(
    ({ until, toMs }) => `${phaseLabels[until]} ${formatEstimate({ valueMs: toMs, relation: 'equal' })}`,
  );
  return `${disturbance}, ${engineLabels[engine]}: ${ends.length === 0 ? label : ends.join(', ')}`;
}

function barOf(analysis: Analysis, disturbance: string, engine: EngineName): Bar {
  const medians = timeNames.flatMap((time) => {
    const description = armOf(analysis, disturbance, engine, time).description;
    return description === null ? [] : [{ time, median: description.median }];
  });
  const reached = medians
    .filter(({ median }) => median.relation === 'equal')
    .toSorted((left, right) => left.median.valueMs - right.median.valueMs);
  const phases = reached.map(({ time, median }, index) => ({
    until: time,
    fromMs: reached[index - 1]?.median.valueMs ?? 0,
    toMs: median.valueMs,
  }));
  const last = reached.at(-1);
  const never = medians.filter(({ median }) => median.relation !== 'equal').map(({ time }) => time);
  const missing = never.includes('restore')
    ? timeKinds.restore.never
    : never.map((time) => timeKinds[time].never).join(', ');
  const parts = [last === undefined ? '' : formatEstimate(last.median), missing].filter(
    (part) => part !== '',
  );
  return { disturbance, engine, phases, label: parts.join(', ') };
}

function phasesSpec({ engines, disturbances }: Analysis, bars: readonly Bar[], title: string): TopLevelSpec {
  const labels = engines.map((engine) => engineLabels[engine]);
  const y = {
    field: 'engine',
    type: 'nominal',
    sort: labels,
    axis: { title: null, ticks: false, domain: false },
  } as const;
  return {
    $schema: 'https://vega.github.io/schema/vega-lite/v6.json',
    title,
    config: chartConfig,
    data: { values: bars.flatMap(rowsOf) },
    facet: disturbanceRows(disturbances),
    spacing: 8,
    spec: {
      width: chartWidth,
      height: 22 * labels.length,
      layer: [
        {
          transform: [{ filter: "datum.shape === 'phase'" }],
          mark: { type: 'bar', height: 14 },
          encoding: {
            y,
            x: {
              field: 'from',
              type: 'quantitative',
              scale: { domain: [0, axisEndMs(bars) / 1000], nice: false },
              axis: { title: 'seconds', tickCount: 8 },
            },
            x2: { field: 'to' },
            color: {
              field: 'until',
              type: 'nominal',
              scale: {
                domain: timeNames.map((time) => phaseLabels[time]),
                range: timeNames.map((time) => phaseColours[time]),
              },
              legend: { title: null, orient: 'top', direction: 'horizontal' },
            },
          },
        },
        {
          transform: [{ filter: "datum.shape === 'label'" }],
          mark: { type: 'text', align: 'left', dx: 5, fontSize: 11 },
          encoding: { y, x: { field: 'to', type: 'quantitative' }, text: { field: 'label' } },
        },
      ],
    },
  };
}

/** How far the axis must go for every bar to have room for its label on the right. */
function axisEndMs(bars: readonly Bar[]): number {
  const ends = bars.map(({ phases, label }) => {
    const labelShare = Math.min(0.8, (label.length * letterWidth + 12) / chartWidth);
    return (phases.at(-1)?.toMs ?? 0) / (1 - labelShare);
  });
  return Math.max(1, ...ends);
}

function rowsOf({ disturbance, engine, phases, label }: Bar): Record<string, unknown>[] {
  const base = { disturbance, engine: engineLabels[engine] };
  const segments = phases.map(({ until, fromMs, toMs }) => ({
    ...base,
    shape: 'phase',
    until: phaseLabels[until],
    from: fromMs / 1000,
    to: toMs / 1000,
  }));
  return [...segments, { ...base, shape: 'label', to: segments.at(-1)?.to ?? 0, label }];
}
