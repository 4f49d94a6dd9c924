import test from 'ava';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import type { Prediction } from '../record/schema.ts';
import { uniformPrediction } from '../testing/made-up-prediction.ts';
import { makeUpRun } from '../testing/made-up-run.ts';
import { recordRun, temporaryDirectory } from '../testing/run-on-disk.ts';
import { renderRun } from './report.ts';

interface Rendered {
  readonly section: string;
  readonly charts: readonly string[];
}

async function render(
  t: Parameters<typeof temporaryDirectory>[0],
  predictions: Prediction[],
): Promise<Rendered> {
  const { results, history } = makeUpRun({
    disturbances: ['scale-up', 'edit-env'],
    iterationsPerDisturbance: 12,
  });
  const directory = await recordRun(await temporaryDirectory(t), {
    results: { ...results, predictions },
    history,
  });
  const { reportPath, chartPaths } = await renderRun(directory);
  const report = await readFile(reportPath, 'utf8');
  const section = /^## Prediction$(.*?)^## /ms.exec(report)?.[1] ?? '';
  return { section, charts: chartPaths.filter((file) => path.basename(file).startsWith('prediction')) };
}

const never: Prediction = {
  ...uniformPrediction('edit-env', 0, 1),
  never: { why: 'its drift detection is off', source: 'a page' },
  terms: [],
};

test('a run without predictions says so', async (t) => {
  const { section, charts } = await render(t, []);
  t.regex(section, /holds no prediction/);
  t.deepEqual(charts, []);
});

test('the report says what was predicted, what was measured, and that no disagreement was shown', async (t) => {
  const { section, charts } = await render(t, [uniformPrediction('scale-up', 400, 10_400), never]);
  t.regex(
    section,
    /\| Flux \| scale-up \| 5\.40 s \(90\d ms to 9\.9\d? s\) \| \d\.\d\d s \| 12 \| .* no disagreement shown \|/,
  );
  t.regex(section, /\| Flux \| edit-env \| never \| not corrected \| 12 \| – \| – \| as predicted \|/);
  t.regex(
    section,
    /edit-env: predicted never to be restored, since its drift detection is off; as predicted/,
  );
  t.regex(section, /with n = 12 a single row tells only from a distance of 0\.3\d on/);
  t.regex(section, /uniform, 400 ms to 10\.4 s \| Kustomization interval/);
  t.is(charts.length, 1);
});

test('a disagreement stands in a sentence, with its size', async (t) => {
  const { section } = await render(t, [uniformPrediction('scale-up', 20_000, 22_000)]);
  t.regex(
    section,
    /Flux, scale-up: disagrees: the median is \d+\.\d s shorter than predicted \(Holm-corrected p < 0\.001\)/,
  );
});

test('what was to stay unrestored and was restored is told', async (t) => {
  const { section } = await render(t, [{ ...never, disturbance: 'scale-up' }]);
  t.regex(section, /restored in 12 of 12, against the prediction/);
});

test('what one mechanism restores is told together', async (t) => {
  const argocd = (disturbance: string): Prediction => ({
    ...uniformPrediction(disturbance, 280, 620),
    engine: 'argocd',
    mechanism: 'self-heal',
  });
  const { section } = await render(t, [argocd('scale-up'), argocd('edit-env')]);
  t.regex(
    section,
    /Argo CD, self-heal: no disagreement shown \(n = 24 over 2 predictions, D = 0\.\d\d, .*tells from D = 0\.2\d on\)/,
  );
});

test('the chart has a panel for each prediction, with the predicted curve and the measured steps', async (t) => {
  const { charts } = await render(t, [
    uniformPrediction('scale-up', 400, 10_400),
    { ...uniformPrediction('scale-up', 400, 10_400), phase: 'locked' },
    never,
  ]);
  const svg = await readFile(charts[0] ?? '', 'utf8');
  t.is(svg.split('aria-roledescription="line mark"').length - 1, 2);
  t.regex(svg, /<title>Flux: measured over predicted time to restore<\/title>/);
  t.true(svg.includes('>scale-up</text>'));
});
