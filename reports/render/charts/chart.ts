import type { TopLevelSpec } from 'vega-lite';

/** A chart of a report, with what it says to those who can't see it. */
export interface Chart {
  /** Below the run's `charts` directory. */
  readonly fileName: string;
  readonly title: string;
  readonly spec: TopLevelSpec;
  /** One sentence on what to see in it. */
  readonly caption: string;
  /** The chart's content in words. */
  readonly alternative: string;
}

export const chartWidth = 560;

/** One look for all charts: white ground, so that they can be read on a dark page too, and fonts that are everywhere. */
export const chartConfig = {
  font: 'sans-serif',
  background: 'white',
  padding: 12,
  view: { stroke: '#d0d0d0' },
  axis: {
    labelFontSize: 11,
    titleFontSize: 11,
    titleFontWeight: 'normal',
    gridColor: '#e4e4e4',
    domainColor: '#888',
  },
  header: { labelFontSize: 12, titleFontSize: 12 },
  legend: { labelFontSize: 11, titleFontSize: 11, titleFontWeight: 'normal', symbolSize: 90 },
  title: { fontSize: 14, anchor: 'start', offset: 10 },
} as const;

/** The name of a row, above it. */
export const rowHeader = {
  title: null,
  labelOrient: 'top',
  labelAnchor: 'start',
  labelFontWeight: 'bold',
  labelPadding: 4,
} as const;

/** A row of a chart for each disturbance, its name above it. */
export function disturbanceRows(disturbances: readonly string[]) {
  const sort = [...disturbances];
  return { row: { field: 'disturbance', type: 'nominal' as const, sort, header: rowHeader } };
}
