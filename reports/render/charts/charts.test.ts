import test from 'ava';
import { gaveUpReason } from '../../record/given-up.ts';
import { makeUpRun } from '../../testing/made-up-run.ts';
import { analyse } from '../analysis.ts';
import { judgedIterations } from '../arm.ts';
import type { Chart } from './chart.ts';
import { distributionChart } from './distribution.ts';
import { kaplanMeierChart } from './kaplan-meier.ts';
import { phasesChart } from './phases.ts';
import { renderSvg } from './svg.ts';
import { timelineCharts } from './timeline.ts';

const run = makeUpRun();
const analysis = analyse(run.results);

function present(chart: Chart | null | undefined): Chart {
  if (chart === null || chart === undefined) throw new Error('there is no chart');
  return chart;
}

function count(svg: string, kind: string): number {
  return svg.split(`aria-roledescription="${kind}"`).length - 1;
}

test('the distribution has one mark for each judged iteration: a circle, or a triangle where it is censored', async (t) => {
  const svg = await renderSvg(present(distributionChart(analysis, 'restore')));
  const judged = judgedIterations(run.results);
  const isCensored = judged.filter(({ verdict }) => verdict === 'censored').length;
  t.is(judged.length, 36);
  t.is(count(svg, 'circle'), judged.length - isCensored);
  t.is(count(svg, 'point'), isCensored);
});

test('the axis is logarithmic only where the samples spread over more than thirty times', (t) => {
  const close = analyse(makeUpRun({ disturbances: ['scale-up'], engines: ['argocd'] }).results);
  t.notRegex(distributionChart(close, 'restore')?.caption ?? 'no chart', /logarithmic|no chart/);
  t.regex(distributionChart(analysis, 'restore')?.caption ?? '', /logarithmic/);
});

test('a chart is white below, has a title and says in words what it shows', async (t) => {
  const svg = await renderSvg({ ...present(phasesChart(analysis)), title: 'a < b & c' });
  t.regex(svg, /^<svg role="img"/);
  t.true(svg.includes('<title>a &lt; b &amp; c</title>'));
  t.regex(svg, /<desc>delete-deployment, Flux: until detected/);
  t.regex(svg, /<rect width="\d+" height="\d+" fill="white"\/>/);
});

test('the bar of an engine that did not correct says so', async (t) => {
  const svg = await renderSvg(present(phasesChart(analysis)));
  t.regex(svg, />not corrected<\/text>/);
});

test('the same chart gives the same bytes', async (t) => {
  for (const chart of [distributionChart(analysis, 'settle'), phasesChart(analysis)].map(present)) {
    t.is(await renderSvg(chart), await renderSvg(chart));
  }
});

test('the timeline shows the valid iteration nearest to the median, in the order of time', async (t) => {
  const [flux, argocd] = timelineCharts(run.results, run.history, analysis);
  t.is(flux?.fileName, 'timeline-flux.svg');
  t.is(argocd?.fileName, 'timeline-argocd.svg');
  const restores = judgedIterations(run.results)
    .filter(({ engine, disturbance }) => engine === 'flux' && disturbance === 'delete-deployment')
    .map(({ index, timeToRestoreMs }) => ({ index, restoreMs: timeToRestoreMs ?? 0 }))
    .toSorted((left, right) => left.restoreMs - right.restoreMs);
  const typical = restores.slice(2, 4).map(({ index }) => `Iteration ${index} of Flux`);
  t.true(
    typical.some((start) => flux?.caption.startsWith(start)),
    flux?.caption,
  );
  const svg = await renderSvg(present(flux));
  t.regex(svg, />Deployment\/web added: 0\/3 ready<\/text>/);
  t.regex(svg, />Time to restore \d/);
});

test('without samples there are no distributions and phases, without a history no timelines', (t) => {
  const empty = makeUpRun({ iterationsPerDisturbance: 0 });
  t.is(distributionChart(analyse(empty.results), 'restore'), null);
  t.is(phasesChart(analyse(empty.results)), null);
  t.deepEqual(timelineCharts(run.results, [], analysis), []);
});

test('where an iteration is censored, both engines have a curve, and the censored ones a stroke or a cross', async (t) => {
  const chart = present(kaplanMeierChart(analysis));
  t.regex(chart.alternative, /^edit-env, Flux: restored in 0 of 6 iterations within 5 min 0 s/);
  t.regex(
    chart.alternative,
    /; edit-env, Argo CD: restored in 6 of 6 iterations within 5 min 0 s \(restricted mean/,
  );
  t.notRegex(chart.alternative, /delete-deployment|scale-to-zero/);
  const svg = await renderSvg(chart);
  t.is(count(svg, 'line mark'), 2);
  t.is(count(svg, 'point'), 6, 'all six of Flux');
  t.regex(svg, />edit-env</);
  t.notRegex(svg, />scale-to-zero</);
  t.notRegex(svg, /NaN/);
  t.notRegex(chart.caption, /gave up/);
  const givenUp = makeUpRun({
    change: (iteration) =>
      iteration.verdict === 'censored'
        ? { ...iteration, watchedForMs: 5000, reason: `not corrected within 5.00 s: ${gaveUpReason}` }
        : iteration,
  });
  t.regex(present(kaplanMeierChart(analyse(givenUp.results))).caption, /a cross one that the engine gave up/);
});

test('where nothing is censored there are no curves', (t) => {
  t.is(kaplanMeierChart(analyse(makeUpRun({ engines: ['argocd'] }).results)), null);
});
