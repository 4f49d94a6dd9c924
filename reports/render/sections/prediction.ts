import type { RootContent } from 'mdast';
import { formatDuration } from '../../../common/duration.ts';
import type { PredictionAnalysis, PredictionFit } from '../../prediction/fit.ts';
import type { Results, Spread } from '../../record/schema.ts';
import { criticalDistance } from '../../statistics/kolmogorov-smirnov.ts';
import type { Chart } from '../charts/chart.ts';
import { formatList, formatP } from '../format.ts';
import { bulletList, collapsed, heading, image, paragraph, table } from '../markdown.ts';
import { engineLabels } from '../names.ts';
import { fitTitle, measuredCell, pooledSentence, predictedCell, shortFit } from '../prediction-words.ts';

/** What should have come out by the engines' code and settings, and whether it did. */
export function predictionSection(
  { predictions, shards }: Results,
  analysis: PredictionAnalysis,
  charts: readonly Chart[],
): RootContent[] {
  if (predictions.length === 0) {
    return [
      heading(2, 'Prediction'),
      paragraph(
        shards === undefined
          ? 'This run holds no prediction: it has not ended, or tells too little.'
          : 'A merged run holds no prediction: each of its shards has its own, made from what it measured besides.',
      ),
    ];
  }
  return [
    heading(2, 'Prediction'),
    paragraph(
      'What the time to restore should be, by the code of each engine and the settings that were read back from it. ' +
        'What goes into it, and from where, stands below the table.',
    ),
    bulletList(sentencesOf(analysis).map((sentence) => [sentence])),
    fitTable(analysis.fits),
    paragraph(...powerWords(analysis)),
    ...charts.flatMap((chart) => [
      image(`charts/${chart.fileName}`, `${chart.title}. ${chart.alternative}`),
      paragraph(chart.caption),
    ]),
    ...collapsed('What the predictions are made of', ...mechanismTables(analysis.fits)),
  ];
}

function sentencesOf({ fits, pooled }: PredictionAnalysis): string[] {
  const disagreeing = fits.filter(
    ({ verdict, distribution }) => verdict === 'disagrees' && distribution !== null,
  );
  return [
    ...pooled.map(pooledSentence),
    ...disagreeing.map(
      (fit) => `${nameOf(fit)} ${shortFit(fit)} (Holm-corrected p ${formatP(fit.correctedP ?? 1)}).`,
    ),
    ...fits.flatMap(neverSentence),
  ];
}

function nameOf(fit: PredictionFit): string {
  return `${engineLabels[fit.prediction.engine]}, ${fitTitle(fit)}:`;
}

function neverSentence(fit: PredictionFit): string[] {
  const { never } = fit.prediction;
  return never === null
    ? []
    : [`${nameOf(fit)} predicted never to be restored, since ${never.why}; ${shortFit(fit)}.`];
}

function fitTable(fits: readonly PredictionFit[]) {
  const rows = fits.map((fit) => [
    engineLabels[fit.prediction.engine],
    fitTitle(fit),
    predictedCell(fit),
    measuredCell(fit),
    String(fit.samples.length),
    fit.test === null ? '–' : formatP(fit.test.p).replace('= ', ''),
    fit.correctedP === null ? '–' : formatP(fit.correctedP).replace('= ', ''),
    shortFit(fit),
  ]);
  const headers = [
    'Engine',
    'Disturbance',
    'Predicted median (5 % to 95 %)',
    'Measured median',
    'n',
    'p',
    'p, Holm',
    'Fit',
  ];
  return table(headers, rows, '');
}

function powerWords({ fits }: PredictionAnalysis): string[] {
  const counts = fits.flatMap(({ test }) => (test === null ? [] : [test.count]));
  const start =
    'p is that of the exact Kolmogorov-Smirnov test against the predicted distribution, corrected by Holm over the rows. ' +
    'No disagreement shown is not proof of agreement';
  if (counts.length === 0) return [`${start}.`];
  const fewest = Math.min(...counts);
  return [
    `${start}: with n = ${fewest} a single row tells only from a distance of ${criticalDistance(fewest, 0.05).toFixed(2)} on between ` +
      'the measured and the predicted share, before correction. That is why the times that one mechanism restores are tested ' +
      'together above, each by its place in its own prediction.',
  ];
}

/** A table of the terms for each mechanism, told by its first prediction. */
function mechanismTables(fits: readonly PredictionFit[]) {
  const groups = new Map<string, PredictionFit[]>();
  for (const fit of fits) {
    const { engine, mechanism, attemptsBefore, phase } = fit.prediction;
    const key = `${engine} ${mechanism} ${phase} ${attemptsBefore}`;
    groups.set(key, [...(groups.get(key) ?? []), fit]);
  }
  return [...groups.values()].flatMap((group) => {
    const [example] = group;
    if (example?.prediction.never !== null) return [];
    const { engine, mechanism, terms } = example.prediction;
    const names = formatList(group.map(fitTitle));
    return [
      paragraph(`${engineLabels[engine]}, ${mechanism} (${names}); the sum of:`),
      table(
        ['Term', 'How it comes about', 'Spread', 'From'],
        terms.map(({ name, what, source, spread }) => [name, what, spreadInWords(spread), source]),
        'nothing',
      ),
    ];
  });
}

function spreadInWords(spread: Spread): string {
  switch (spread.kind) {
    case 'constant':
      return formatDuration(spread.ms);
    case 'uniform':
      return `uniform, ${formatDuration(spread.fromMs)} to ${formatDuration(spread.toMs)}`;
    case 'mixture': {
      const from = Math.min(...spread.ranges.map(({ fromMs }) => fromMs));
      const to = Math.max(...spread.ranges.map(({ toMs }) => toMs));
      return `between ${formatDuration(from)} and ${formatDuration(to)}, in ${spread.ranges.length} ranges`;
    }
    case 'empirical': {
      const sorted = spread.samplesMs.toSorted((left, right) => left - right);
      const middle = sorted[Math.floor(sorted.length / 2)] ?? 0;
      return `as measured, ${formatDuration(sorted[0] ?? 0)} to ${formatDuration(sorted.at(-1) ?? 0)}, median ${formatDuration(middle)}`;
    }
  }
}
