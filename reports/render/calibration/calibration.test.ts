import test, { type ExecutionContext } from 'ava';
import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import type { CalibrationCondition } from '../../record/calibration.ts';
import { madeUpCalibration, madeUpCondition } from '../../testing/made-up-calibration.ts';
import { madeUpInstrument } from '../../testing/made-up-frame.ts';
import { makeUpRun } from '../../testing/made-up-run.ts';
import { recordRun, temporaryDirectory } from '../../testing/run-on-disk.ts';
import { renderRun, summarize } from '../report.ts';
import { instrumentSentence } from './words.ts';

const missed = madeUpCondition({
  name: '1000-objects-idle',
  objects: 1000,
  targetP99Ms: 20,
  error: { medianMs: 1, p99Ms: 21.5, worstMs: 30 },
});

async function rendered(t: ExecutionContext, conditions: readonly CalibrationCondition[]) {
  const directory = await recordRun(await temporaryDirectory(t), madeUpCalibration({ conditions }));
  const { reportPath } = await renderRun(directory);
  return { directory, report: await readFile(reportPath, 'utf8') };
}

test('the report of a calibration has its error bar first, then measured against the targets', async (t) => {
  const { directory, report } = await rendered(t, [madeUpCondition(), missed]);
  t.regex(report.split('\n')[2] ?? '', /exact to ±2\.90 ms with 100 watched objects on an idle machine/);
  t.regex(report, /1 of 2 targets was reached/);
  t.regex(report, /100-objects-idle \| 300 \| −0\.05 ms \| 2\.90 ms \| 3\.00 ms \| at most 5 ms: reached/);
  t.regex(report, /at most 20 ms: missed/);
  t.notRegex(report, /NaN|undefined|Infinity|Before you quote/);
  t.deepEqual(await readdir(path.join(directory, 'charts')), ['calibration-error.svg']);
});

test('rendering again gives the same bytes', async (t) => {
  const { directory, report } = await rendered(t, [madeUpCondition(), missed]);
  const chart = path.join(directory, 'charts', 'calibration-error.svg');
  const drawn = await readFile(chart, 'utf8');
  const { reportPath } = await renderRun(directory);
  t.is(await readFile(reportPath, 'utf8'), report);
  t.is(await readFile(chart, 'utf8'), drawn);
});

test('a machine that was not idle, and too few samples, stand before the figures', async (t) => {
  const { report } = await rendered(t, [madeUpCondition({ busyShare: 0.93, samples: 20, missing: 2 })]);
  t.regex(report.split('\n')[2] ?? '', /on a machine that other programs kept busy \(cores at work 93 %/);
  const [opening = ''] = report.split('## The error');
  t.regex(opening, /the machine was not idle/);
  t.regex(opening, /Fewer than 200 samples/);
  t.regex(opening, /2 samples lack their truth/);
});

test('a calibration that ended before its first condition renders', async (t) => {
  const { report } = await rendered(t, []);
  t.regex(report, /Not enough data: no sample was taken/);
  t.regex(report, /No condition was measured/);
});

test('the command line says the same as a table', (t) => {
  const { headline, lines } = summarize(
    madeUpCalibration({ conditions: [madeUpCondition(), missed] }).results,
  );
  t.regex(headline, /±2\.90 ms/);
  t.is(lines.length, 3);
  t.regex(lines[2] ?? '', /^1000-objects-idle +1\.00 ms +21\.50 ms +30\.00 ms +at most 20 ms: missed$/);
});

test('every other report says how exact its times are', async (t) => {
  t.is(
    instrumentSentence(madeUpInstrument),
    'Times are exact to ±2.25 ms on an idle machine, and to ±9.50 ms on a busy one: the p99 of the harness’s error with ' +
      '100 watched objects, in the last calibration on this machine, of 2026-01-01.',
  );
  const run = makeUpRun();
  const { reportPath } = await renderRun(await recordRun(await temporaryDirectory(t), run));
  const [, method = ''] = (await readFile(reportPath, 'utf8')).split('## Method');
  t.regex(method, /Times are exact to ±2\.25 ms/);
});

test('where a machine was never calibrated, its reports warn of it and say how to', async (t) => {
  const { results, history } = makeUpRun();
  const run = { results: { ...results, instrument: null }, history };
  const { reportPath } = await renderRun(await recordRun(await temporaryDirectory(t), run));
  const report = await readFile(reportPath, 'utf8');
  const [opening = ''] = report.split('## What was measured');
  t.regex(opening, /never calibrated on this machine.*scenario calibrate finds that out/);
  t.regex(report.split('## Method')[1] ?? '', /never calibrated on this machine/);
});
