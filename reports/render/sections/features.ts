import type { PhrasingContent, RootContent } from 'mdast';
import type { EngineName, Results } from '../../record/schema.ts';
import type { Analysis } from '../analysis.ts';
import { featuresOf } from '../features.ts';
import { heading, inlineCode, paragraph, table } from '../markdown.ts';
import { engineLabels, isByHand } from '../names.ts';

/** How a cell of the feature table of these engines is read. */
export function featureLegend(engines: readonly EngineName[]): string {
  return (
    'In brackets: the median time, and of how many iterations. “No” means that it never came about in any of them; “not measured”, that no valid iteration says anything.' +
    (engines.some(isByHand)
      ? ' “By hand”: nothing does it by itself; it took a runbook, followed at machine speed as soon as the disturbance was made.'
      : '')
  );
}

/** A run whose features stand in a table. */
export interface ShownRun {
  readonly results: Results;
  readonly analysis: Analysis;
  /** What says of a disturbance where it was seen. */
  readonly shownBy: (disturbance: string) => string | PhrasingContent;
}

/** What each engine can do, as the iterations of these runs have shown it: a row for each disturbance. */
export function featureTable(runs: readonly ShownRun[], engines: readonly EngineName[]): RootContent {
  const rows = runs.flatMap(({ results, analysis, shownBy }) =>
    featuresOf(results, analysis).map(({ words, disturbance, cellOf }) => [
      words,
      ...engines.map(cellOf),
      shownBy(disturbance),
    ]),
  );
  const labels = engines.map((engine) => engineLabels[engine]);
  return table(['Feature', ...labels, 'Shown by'], rows, 'Nothing was measured.');
}

/** What each engine can do, as the iterations of the run have shown it. */
export function featuresSection(results: Results, analysis: Analysis): RootContent[] {
  const { engines } = analysis;
  if (results.scenario.disturbances.length === 0) return [];
  return [
    heading(2, 'What each engine can do'),
    featureTable([{ results, analysis, shownBy: inlineCode }], engines),
    paragraph(featureLegend(engines)),
  ];
}
