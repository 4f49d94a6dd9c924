import type { TopLevelSpec } from 'vega-lite';
import type { PredictionAnalysis, PredictionFit } from '../../prediction/fit.ts';
import type { EngineName } from '../../record/schema.ts';
import { engineColours, engineLabels } from '../names.ts';
import { fitTitle, shortFit } from '../prediction-words.ts';
import { chartConfig, type Chart } from './chart.ts';

const columns = 3;
/** More panels than this are a wall. */
const maxPanels = 24;
/** Points of a predicted curve. */
const curvePoints = 60;
const predictedColour = '#444444';

/** Measured over predicted, a chart for each engine and a panel for each of its predictions that end. */
export function predictionCharts({ fits }: PredictionAnalysis): Chart[] {
  const engines = [...new Set(fits.map(({ prediction }) => prediction.engine))];
  return engines.flatMap((engine) => {
    const own = fits.filter(({ prediction, distribution, samples }) => {
      return prediction.engine === engine && distribution !== null && samples.length > 0;
    });
    return own.length === 0 ? [] : [chartOf(engine, own)];
  });
}

function chartOf(engine: EngineName, own: readonly PredictionFit[]): Chart {
  const label = engineLabels[engine];
  const drawn = own.slice(0, maxPanels);
  const title = `${label}: measured over predicted time to restore`;
  return {
    fileName: `prediction-${engine}.svg`,
    title,
    spec: specOf(engine, title, drawn),
    caption:
      'The dashed grey line is the predicted share of recoveries within a time; the coloured steps are the share that was measured.' +
      (drawn.length < own.length ? ` The first ${maxPanels} of ${own.length} predictions are drawn.` : ''),
    alternative: `${own.map((fit) => `${fitTitle(fit)}: ${shortFit(fit)}`).join('; ')}.`,
  };
}

function specOf(engine: EngineName, title: string, fits: readonly PredictionFit[]): TopLevelSpec {
  const x = { field: 'seconds', type: 'quantitative', title: 'seconds', axis: { tickCount: 4 } } as const;
  const y = {
    field: 'share',
    type: 'quantitative',
    title: 'restored',
    scale: { domain: [0, 1] as number[] },
    axis: { format: '.0%', tickCount: 3 },
  } as const;
  return {
    $schema: 'https://vega.github.io/schema/vega-lite/v6.json',
    title,
    config: chartConfig,
    data: { values: fits.flatMap((fit) => [...predictedRows(fit), ...measuredRows(fit)]) },
    facet: {
      field: 'panel',
      type: 'nominal',
      sort: fits.map(fitTitle),
      header: { title: null, labelFontWeight: 'bold', labelPadding: 4 },
    },
    columns,
    spacing: 14,
    resolve: { scale: { x: 'independent' } },
    spec: {
      width: 160,
      height: 90,
      encoding: { x, y, order: { field: 'order' } },
      layer: [
        {
          transform: [{ filter: "datum.kind === 'predicted'" }],
          mark: { type: 'line', color: predictedColour, strokeDash: [4, 3], strokeWidth: 1.5 },
        },
        {
          transform: [{ filter: "datum.kind === 'measured'" }],
          mark: {
            type: 'line',
            interpolate: 'step-after',
            color: engineColours[engine],
            strokeWidth: 2,
          },
        },
      ],
    },
  };
}

type Row = Readonly<Record<string, string | number>>;

function predictedRows(fit: PredictionFit): Row[] {
  const { distribution } = fit;
  if (distribution === null) return [];
  const panel = fitTitle(fit);
  return Array.from({ length: curvePoints + 1 }, (_, order) => {
    const share = Math.min(0.999, Math.max(0.001, order / curvePoints));
    return { panel, kind: 'predicted', order, share, seconds: distribution.quantile(share) / 1000 };
  });
}

/** The steps rise at each sample; they go on to the longest time, which a censored one is at least. */
function measuredRows(fit: PredictionFit): Row[] {
  const panel = fitTitle(fit);
  const { samples } = fit;
  const observed = samples
    .filter(({ isCensored }) => !isCensored)
    .map(({ valueMs }) => valueMs)
    .toSorted((left, right) => left - right);
  const longestMs = Math.max(...samples.map(({ valueMs }) => valueMs));
  const steps = observed.map((valueMs, index) => ({
    seconds: valueMs / 1000,
    share: (index + 1) / samples.length,
  }));
  const first = { seconds: (observed[0] ?? 0) / 1000, share: 0 };
  const last = { seconds: longestMs / 1000, share: observed.length / samples.length };
  return [first, ...steps, last].map((step, order) => ({ panel, kind: 'measured', order, ...step }));
}
