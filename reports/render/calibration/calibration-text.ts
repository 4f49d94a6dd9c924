import type { RootContent } from 'mdast';
import type { Calibration, CalibrationCondition } from '../../record/calibration.ts';
import type { RecordedRun } from '../../record/reader.ts';
import type { Results } from '../../record/schema.ts';
import type { Chart } from '../charts/chart.ts';
import { bulletList, heading, inlineCode, paragraph, quote, strong, table } from '../markdown.ts';
import { chartsSection } from '../sections/charts.ts';
import { repeatSection } from '../sections/method.ts';
import { provenanceSection } from '../sections/provenance.ts';
import { calibrationHeadline, calibrationWarnings, formatMs, targetWords } from './words.ts';

/** The report of a calibration. */
export function calibrationText(
  { results, notices }: RecordedRun,
  calibration: Calibration,
  charts: readonly Chart[],
): RootContent[] {
  const warnings = [...statusWarnings(results), ...calibrationWarnings(calibration), ...notices];
  return [
    heading(1, `${results.scenario.name}: ${results.scenario.question}`),
    paragraph(strong(calibrationHeadline(calibration))),
    ...(warnings.length === 0
      ? []
      : [
          quote(
            paragraph(strong('Before you quote this:')),
            bulletList(warnings.map((warning) => [warning])),
          ),
        ]),
    ...errorSection(calibration),
    ...chartsSection(charts),
    ...truthSection(calibration),
    ...clockSection(calibration),
    ...provenanceSection(results),
    ...methodOf(calibration, results),
    ...repeatSection(results.provenance),
  ];
}

function statusWarnings({ status, statusReason, provenance }: Results): string[] {
  const reason = statusReason === '' ? '' : `: ${statusReason}`;
  return [
    ...(status === 'complete' ? [] : [`The run is not complete. It was ${status}${reason}.`]),
    ...(provenance.isClean === false
      ? [
          'The working tree had changes that no commit holds, so that the commit alone does not repeat the run.',
        ]
      : []),
  ];
}

const noCondition = 'No condition was measured.';

function errorSection({ conditions }: Calibration): RootContent[] {
  const row = (condition: CalibrationCondition): string[] => {
    const { name, samples, error, busyShare, eventsPerSecond } = condition;
    const load = `${Math.round(busyShare * 100)} %, ${eventsPerSecond.toFixed(0)}/s`;
    const figures = [error.medianMs, error.p99Ms, error.worstMs].map(formatMs);
    return [name, String(samples), ...figures, targetWords(condition), load];
  };
  return [
    heading(2, 'The error'),
    paragraph(
      'Measured minus true. The median keeps its sign; p99 and worst are of the error’s size, whichever its sign.',
    ),
    table(
      ['Condition', 'Samples', 'Median', 'p99', 'Worst', 'Target for the p99', 'Cores at work, other events'],
      conditions.map(row),
      noCondition,
    ),
  ];
}

function truthSection({ conditions }: Calibration): RootContent[] {
  const row = ({ name, truthLimit, errorAtMostP99Ms, watchLatency }: CalibrationCondition): string[] => [
    name,
    `±${formatMs(truthLimit.medianMs)}`,
    `±${formatMs(truthLimit.p99Ms)}`,
    formatMs(errorAtMostP99Ms),
    formatMs(watchLatency.medianMs),
    formatMs(watchLatency.p99Ms),
  ];
  return [
    heading(2, 'The limit of the truth, and the latency of the watch'),
    paragraph(
      'The API server says to nobody when it commits. It does so after a request was sent, and before it is answered or its watch tells ' +
        'the reference of it. The true time is taken from the middles between these; the limit of the truth is how far it can be ' +
        'off from there. “Error at most” adds the whole limit to each sample’s error. The latency of the watch ' +
        'runs from the middle until the harness has read the event; what both events have of it in common is no error of a time between them.',
    ),
    table(
      ['Condition', 'Truth limit, median', 'p99', 'Error at most, p99', 'Watch latency, median', 'p99'],
      conditions.map(row),
      noCondition,
    ),
  ];
}

function clockSection({ clock }: Calibration): RootContent[] {
  return [
    heading(2, 'The clock'),
    paragraph(
      `The smallest step between two readings was ${formatNs(clock.resolutionMs)}; a reading takes ${formatNs(clock.readMs)}. ` +
        'All processes of a machine share its monotonic clock.',
    ),
  ];
}

function formatNs(valueMs: number): string {
  return `${Math.round(valueMs * 1e6)} ns`;
}

function methodOf({ delayMinMs, delayMaxMs }: Calibration, { plan }: Results): RootContent[] {
  return [
    heading(2, 'Method'),
    paragraph(
      'A reconciler of known delay, in a process of its own, watches a ConfigMap through the API server and restores it ' +
        `when it is deleted, ${delayMinMs} to ${delayMaxMs} ms later, as drawn from the seed. It writes down by the machine’s monotonic ` +
        'clock when it was told, and when its request was sent and answered. The harness deletes the ConfigMap and times its restoration with the same ' +
        'watches and the same code as in a real run. Meanwhile each of the other watched objects changes about every 10 s; on a busy machine ' +
        `a process on each core does nothing but compute. The first ${plan.warmupsPerTrial} samples of each condition count for nothing. ` +
        'All of it is in ',
      inlineCode('history.jsonl'),
      ' and ',
      inlineCode('truth.jsonl'),
      '; how to read it, in ',
      inlineCode('docs/calibration.md'),
      ' of gitops-lab.',
    ),
  ];
}
