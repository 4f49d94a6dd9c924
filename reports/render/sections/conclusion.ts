import type { RootContent } from 'mdast';
import type { RecordedRun } from '../../record/reader.ts';
import type { Results } from '../../record/schema.ts';
import type { Analysis } from '../analysis.ts';
import { armOf } from '../analysis.ts';
import { instrumentSentence } from '../calibration/words.ts';
import { contrastSentence } from '../contrast-words.ts';
import { engineLabels, isByHand } from '../names.ts';
import { bulletList, heading, paragraph, quote, strong } from '../markdown.ts';
import { headlineOf } from '../summarize.ts';
import { aloneSentences, severalVerdictSentences, verdictSentences } from '../verdict-words.ts';

/** The title, the answer, what a reader must know before quoting it, and the answer for each disturbance. */
export function conclusionSection(run: RecordedRun, analysis: Analysis): RootContent[] {
  const { scenario } = run.results;
  return [
    heading(1, `${scenario.name}: ${scenario.question}`),
    paragraph(strong(headlineOf(analysis))),
    ...warningsSection(warningsOf(run)),
    ...perContrast(analysis),
    ...perDisturbance(run, analysis),
  ];
}

/** What a reader must know before quoting an answer; nothing where there is nothing to know. */
export function warningsSection(warnings: readonly string[]): RootContent[] {
  if (warnings.length === 0) return [];
  return [
    quote(paragraph(strong('Before you quote this:')), bulletList(warnings.map((warning) => [warning]))),
  ];
}

/** What the question sets against each other, in sentences; nothing where it asks for no more than the engines. */
export function perContrast({ contrasts }: Analysis): RootContent[] {
  const items = contrasts.flatMap(({ contrast, comparisons }) =>
    comparisons.map((comparison) => [
      strong(`${contrast.of} against ${contrast.against}, ${engineLabels[comparison.first.engine]}`),
      `: ${contrastSentence(comparison)}`,
    ]),
  );
  return items.length === 0 ? [] : [bulletList(items)];
}

/** The answer for each disturbance, in sentences. */
export function perDisturbance({ results }: RecordedRun, analysis: Analysis): RootContent[] {
  if (results.iterations.length === 0) return [];
  const items = analysis.disturbances.map((disturbance) => [
    strong(disturbance),
    `: ${sentencesOn(analysis, disturbance)}`,
  ]);
  return items.length === 0 ? [] : [bulletList(items)];
}

/** What may be said of one disturbance. */
export function sentencesOn(analysis: Analysis, disturbance: string): string {
  const comparisons = analysis.comparisons.filter((one) => one.disturbance === disturbance);
  const arms = analysis.engines.map((engine) => armOf(analysis, disturbance, engine, 'restore'));
  const [only] = comparisons;
  if (only === undefined) return aloneSentences(arms);
  return comparisons.length === 1 ? verdictSentences(only) : severalVerdictSentences(arms, comparisons);
}

/** What limits the run's worth, as sentences. */
export function warningsOf({ results, notices }: RecordedRun): string[] {
  const { status, statusReason, lab, provenance, instrument, engines } = results;
  const reason = statusReason === '' ? '' : `: ${statusReason}`;
  return [
    ...(status === 'complete' ? [] : [`The run is not complete. It was ${status}${reason}.`]),
    ...(lab.podsAreSimulated
      ? ['Pods are simulated: the times to ready and to settle hold no start of a real container.']
      : []),
    ...((lab.standIns ?? []).length > 0
      ? [
          'Some images are not the published ones: they were made here of the programs in Versions, as “Images made here” says.',
        ]
      : []),
    ...(provenance.isClean === false
      ? [
          'The working tree had changes that no commit holds, so that the commit alone does not repeat the run.',
        ]
      : []),
    ...busyMachineWarning(provenance),
    ...(engines.some(({ engine }) => isByHand(engine))
      ? [
          'The runbook is followed by a machine, which is told at once what happened: its times are no person’s. What a person takes ' +
            'stands apart, under “What it takes by hand”; until someone notices is in neither.',
        ]
      : []),
    ...(instrument === null ? [instrumentSentence(null)] : []),
    ...provenance.notices,
    ...notices,
  ];
}

/** More than this many processes for each core, and some of them wait for one. */
const calmLoadPerCore = 1;

function busyMachineWarning({ machine }: Results['provenance']): string[] {
  const loadPerCore = machine.loadAverageAtStart / machine.cores;
  if (loadPerCore <= calmLoadPerCore) return [];
  return [
    `The machine was busy when the run began, with a load of ${loadPerCore.toFixed(1)} for each core: times below a second may be longer for it.`,
  ];
}
