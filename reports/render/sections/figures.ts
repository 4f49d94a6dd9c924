import type { BlockContent, RootContent } from 'mdast';
import { medianSorted } from 'simple-statistics';
import type { EngineName, FigureName, Results } from '../../record/schema.ts';
import type { Analysis } from '../analysis.ts';
import { judgedIterations } from '../arm.ts';
import { formatEstimate } from '../format.ts';
import { heading, table } from '../markdown.ts';
import { engineLabels } from '../names.ts';

/** What the scenario measures besides the four times; nothing where it measures no more. */
export function figuresSection(results: Results, { disturbances, engines }: Analysis): RootContent[] {
  const { figures } = results.scenario;
  if (figures.length === 0 || results.iterations.length === 0) return [];
  return [
    heading(3, 'What else was measured'),
    ...figures.map((figure) => figureTable(results, figure, disturbances, engines)),
  ];
}

function figureTable(
  results: Results,
  { name, title, unit }: FigureName,
  disturbances: readonly string[],
  engines: readonly EngineName[],
): BlockContent {
  const counted = judgedIterations(results);
  const rows = disturbances.flatMap((disturbance) =>
    engines.map((engine) => {
      const values = counted
        .filter((iteration) => iteration.engine === engine && iteration.disturbance === disturbance)
        .map(({ figures }) => figures[name] ?? null);
      return [disturbance, engineLabels[engine], ...figureCells(values, unit)];
    }),
  );
  return table([title, 'Engine', 'n', 'Median', 'Min to max', 'Nothing to measure'], rows, '');
}

/** How a value of each unit reads. */
const sayings: Readonly<Record<FigureName['unit'], (value: number) => string>> = {
  ms: (value) => formatEstimate({ valueMs: value, relation: 'equal' }),
  count: String,
  share: (value) => `${(value * 100).toFixed(1)} %`,
};

/** How many iterations have it, its median and range, and in how many it did not come about. */
export function figureCells(values: readonly (number | null)[], unit: FigureName['unit']): string[] {
  const seen = values.filter((value) => value !== null).toSorted((left, right) => left - right);
  const say = sayings[unit];
  const [first] = seen;
  const last = seen.at(-1);
  const missing = String(values.length - seen.length);
  if (first === undefined || last === undefined) return ['0', '–', '–', missing];
  const range = first === last ? say(first) : `${say(first)} to ${say(last)}`;
  return [String(seen.length), say(medianSorted(seen)), range, missing];
}
