import { existsSync } from 'node:fs';
import path from 'node:path';
import type { PhrasingContent, RootContent } from 'mdast';
import type { NamedResults } from '../record/named-run.ts';
import { engineNames } from '../record/schema.ts';
import { analyse, type Analysis } from './analysis.ts';
import { formatList } from './format.ts';
import { bulletList, inlineCode, link, paragraph, strong } from './markdown.ts';
import { engineLabels } from './names.ts';
import { featureLegend, featureTable } from './sections/features.ts';
import { headlineOf } from './summarize.ts';

/** What names this table in the markers of a document. */
export const featuresSubject = 'features';

/** What a run is named by, where its directory has it: its report, or a page that was made with `--into`. */
const pages = ['report.md', 'README.md'];

function addressOf({ directory }: NamedResults, from: string): string {
  const file = pages.find((page) => existsSync(path.join(directory, page))) ?? 'results.json';
  return path.relative(from, path.join(directory, file)).split(path.sep).join('/');
}

interface ShownRun {
  readonly run: NamedResults;
  readonly address: string;
  readonly analysis: Analysis;
}

function originOf({ run: { results }, address, analysis }: ShownRun): (string | PhrasingContent)[] {
  const { scenario, startedAt, engines, lab, profile, provenance } = results;
  const versions = engines.map((one) => `${engineLabels[one.engine]} ${one.version}`);
  const { cores, loadAverageAtStart } = provenance.machine;
  return [
    link(address, `${scenario.name}, ${startedAt}`),
    ': ',
    strong(headlineOf(analysis)),
    ` ${formatList(versions)} in labs of the kind ${lab.provider}, profile ${profile.name}, on ${cores} cores with a load of ${loadAverageAtStart.toFixed(2)} at the start; `,
    inlineCode(provenance.commandLine.join(' ')),
  ];
}

/** What each engine can do, as these runs have shown it, for a document in the directory `from`: each row names its run, and each run says its answer, and how it came about. */
export function featuresPage(runs: readonly NamedResults[], from: string): RootContent[] {
  const shown = runs.map((run) => {
    const { results } = run;
    const address = addressOf(run, from);
    return {
      run,
      address,
      results,
      analysis: analyse(results),
      shownBy: (disturbance: string) => link(address, `${results.scenario.name}, ${disturbance}`),
    };
  });
  const engines = engineNames.filter((engine) =>
    shown.some(({ analysis }) => analysis.engines.includes(engine)),
  );
  return [
    featureTable(shown, engines),
    paragraph(featureLegend(engines)),
    paragraph('The runs:'),
    bulletList(shown.map(originOf)),
  ];
}
