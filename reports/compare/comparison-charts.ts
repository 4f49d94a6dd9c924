import { engineLabels, timeKinds } from '../render/names.ts';
import { analyseArm, type Arm } from '../render/arm.ts';
import type { Chart } from '../render/charts/chart.ts';
import { distributionSpec } from '../render/charts/distribution.ts';
import { timeScaleOf } from '../render/charts/time-scale.ts';
import { medianCell } from '../render/verdict-words.ts';
import type { RunComparison } from './analyse-comparison.ts';
import { colourOf } from './colours.ts';
import { differenceChart } from './difference-chart.ts';
import type { ComparedRun } from './selection.ts';

/** The charts of a comparison: the differences, and every sample of the time to restore. */
export function comparisonCharts(comparison: RunComparison): Chart[] {
  return [differenceChart(comparison), samplesChart(comparison)].filter((chart) => chart !== null);
}

function samplesChart({ selection }: RunComparison): Chart | null {
  const { baseline, others, engines, disturbances } = selection;
  const runs = [baseline, ...others];
  const laneOf = (arm: Arm, { letter }: ComparedRun): string => `${engineLabels[arm.engine]}, ${letter}`;
  const drawn = runs
    .flatMap((run) =>
      engines.flatMap((engine) =>
        disturbances.map((disturbance) => {
          const arm = analyseArm(run.results, { engine, disturbance, time: 'restore' });
          return { ...arm, lane: laneOf(arm, run) };
        }),
      ),
    )
    .filter(({ samples }) => samples.length > 0);
  if (drawn.length === 0) return null;
  const { scale, isLogarithmic } = timeScaleOf(drawn.flatMap(({ samples }) => samples));
  const lanes = engines.flatMap((engine) =>
    runs.map((run) => ({
      label: `${engineLabels[engine]}, ${run.letter}`,
      colour: colourOf(engine, run === baseline),
    })),
  );
  const time = timeKinds.restore.title;
  const title = `${time}: every sample of each run`;
  return {
    fileName: 'compare-restore.svg',
    title,
    spec: distributionSpec(drawn, { title, scale, isLogarithmic, disturbances, lanes }),
    caption:
      `${time} in each run, the baseline ${baseline.letter} in a lighter colour. Each dot is one iteration, a triangle one that took longer than it ` +
      `was watched; the box holds the middle half, its line is the median.${isLogarithmic ? ' The axis is logarithmic.' : ''}`,
    alternative: `Median ${time.toLowerCase()}. ${drawn
      .map((arm) => `${arm.disturbance}, ${arm.lane}: ${medianCell(arm)} (n = ${arm.samples.length})`)
      .join('; ')}.`,
  };
}
