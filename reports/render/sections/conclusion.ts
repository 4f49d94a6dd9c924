import type { RootContent } from 'mdast';
import type { RecordedRun } from '../../record/reader.ts';
import type { Analysis } from '../analysis.ts';
import { armOf } from '../analysis.ts';
import { instrumentSentence } from '../calibration/words.ts';
import { bulletList, heading, paragraph, quote, strong } from '../markdown.ts';
import { headlineOf } from '../summarize.ts';
import { aloneSentences, verdictSentences } from '../verdict-words.ts';

/** The title, the answer, what a reader must know before quoting it, and the answer for each disturbance. */
export function conclusionSection(run: RecordedRun, analysis: Analysis): RootContent[] {
  const { scenario } = run.results;
  const warnings = warningsOf(run);
  return [
    heading(1, `${scenario.name}: ${scenario.question}`),
    paragraph(strong(headlineOf(analysis))),
    ...(warnings.length === 0
      ? []
      : [
          quote(
            paragraph(strong('Before you quote this:')),
            bulletList(warnings.map((warning) => [warning])),
          ),
        ]),
    ...perDisturbance(run, analysis),
  ];
}

function perDisturbance({ results }: RecordedRun, analysis: Analysis): RootContent[] {
  if (results.iterations.length === 0) return [];
  const items = analysis.disturbances.map((disturbance) => {
    const comparison = analysis.comparisons.find((one) => one.disturbance === disturbance);
    const arms = analysis.engines.map((engine) => armOf(analysis, disturbance, engine, 'restore'));
    const sentences = comparison === undefined ? aloneSentences(arms) : verdictSentences(comparison);
    return [strong(disturbance), `: ${sentences}`];
  });
  return items.length === 0 ? [] : [bulletList(items)];
}

/** What limits the run's worth, as sentences. */
function warningsOf({ results, notices }: RecordedRun): string[] {
  const { status, statusReason, lab, provenance, instrument } = results;
  const reason = statusReason === '' ? '' : `: ${statusReason}`;
  return [
    ...(status === 'complete' ? [] : [`The run is not complete. It was ${status}${reason}.`]),
    ...(lab.podsAreSimulated
      ? ['Pods are simulated: the times to ready and to settle hold no start of a real container.']
      : []),
    ...(provenance.isClean === false
      ? [
          'The working tree had changes that no commit holds, so that the commit alone does not repeat the run.',
        ]
      : []),
    ...(instrument === null ? [instrumentSentence(null)] : []),
    ...provenance.notices,
    ...notices,
  ];
}
