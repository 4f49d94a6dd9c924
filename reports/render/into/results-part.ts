import type { RootContent } from 'mdast';
import { formatList } from '../format.ts';
import { codeBlock, heading, image, paragraph, strong } from '../markdown.ts';
import { engineLabels } from '../names.ts';
import type { Chart } from '../charts/chart.ts';
import type { ReportContent } from '../content.ts';
import { warningsOf, warningsSection } from '../sections/conclusion.ts';
import { commandOf } from '../sections/method.ts';
import { restoreTables } from '../sections/results-tables.ts';
import { headlineOf } from '../summarize.ts';

/** The charts that a page of documentation shows: every sample, and the phases. */
export function chartsOfPart({ charts }: ReportContent): Chart[] {
  return charts.filter(({ fileName }) => /^(distribution-restore|phases)\.svg$/.test(fileName));
}

/** A run's results for a page of documentation: the answer, what limits it, the figures, two charts, and how it came about. `pathOf` says where a chart lies. */
export function resultsPart(content: ReportContent, pathOf: (chart: Chart) => string): RootContent[] {
  const { run, analysis } = content;
  const { scenario } = run.results;
  return [
    heading(2, `${scenario.name}: ${scenario.question}`),
    paragraph(strong(headlineOf(analysis))),
    ...warningsSection(warningsOf(run)),
    ...restoreTables(analysis),
    ...chartsOfPart(content).flatMap((chart) => [
      image(pathOf(chart), `${chart.title}. ${chart.alternative}`),
      paragraph(chart.caption),
    ]),
    paragraph(originSentences(content)),
    codeBlock('sh', commandOf(run.results.provenance)),
  ];
}

function originSentences({ run }: ReportContent): string {
  const { provenance, engines, lab, profile, startedAt } = run.results;
  const { version, commit, machine } = provenance;
  const versions = engines.map((one) => `${engineLabels[one.engine]} ${one.version}`);
  const at = commit === null ? '' : ` at commit ${commit.slice(0, 10)}`;
  return (
    `Measured on ${startedAt.slice(0, 10)} with gitops-lab ${version}${at}: ${formatList(versions)} in labs of the kind ${lab.provider}, ` +
    `profile ${profile.name}, on ${machine.cores} cores (${machine.operatingSystem}, ${machine.architecture}; load ${machine.loadAverageAtStart.toFixed(2)} at the start). To repeat it:`
  );
}
