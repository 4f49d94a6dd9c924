import test, { type ExecutionContext } from 'ava';
import { readdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { CalibrationCondition } from '../../reports/record/calibration.ts';
import type { Results } from '../../reports/record/schema.ts';
import { madeUpCalibration, madeUpCondition } from '../../reports/testing/made-up-calibration.ts';
import { temporaryDirectory } from '../../reports/testing/run-on-disk.ts';
import { instrumentOf, keepCalibration, lastCalibration } from './kept-calibration.ts';

const machine = { hostName: 'left/hand', processor: 'Made-up processor', cores: 2 };

async function dataPlace(t: ExecutionContext) {
  const directory = await temporaryDirectory(t);
  return { directory, environment: { XDG_DATA_HOME: directory } };
}

function runWith(...conditions: CalibrationCondition[]): Results {
  return madeUpCalibration({ conditions }).results;
}

const standard = madeUpCondition({ name: '100-objects-idle' });

test('a calibration is kept for its machine, and for no other', async (t) => {
  const { directory, environment } = await dataPlace(t);
  t.is(await lastCalibration(environment, machine), null);
  const results = runWith(standard, madeUpCondition({ name: '100-objects-busy', isBusy: true }));
  await keepCalibration(results, environment, machine);
  t.deepEqual(await lastCalibration(environment, machine), instrumentOf(results));
  t.is((await lastCalibration(environment, machine))?.errorP99Ms, standard.error.p99Ms);
  t.is(await lastCalibration(environment, { ...machine, hostName: 'right' }), null);
  t.is(await lastCalibration(environment, { ...machine, cores: 8 }), null, 'it was given more cores');
  t.deepEqual(await readdir(path.join(directory, 'gitops-lab', 'calibrations')), ['left_hand.json']);
});

test('a later calibration takes the place of the one before', async (t) => {
  const { environment } = await dataPlace(t);
  await keepCalibration(runWith(standard), environment, machine);
  const error = { medianMs: 0, p99Ms: 1.5, worstMs: 2 };
  await keepCalibration(runWith({ ...standard, error }), environment, machine);
  t.is((await lastCalibration(environment, machine))?.errorP99Ms, 1.5);
});

test('what is not whole, lacks the standard condition, or has too few samples for a p99 is not kept', async (t) => {
  const { environment } = await dataPlace(t);
  const others = [
    { ...runWith(standard), status: 'interrupted' as const },
    runWith(madeUpCondition({ name: '10-objects-idle' })),
    runWith({ ...standard, samples: 199 }),
  ];
  for (const results of others) {
    t.is(instrumentOf(results), null);
    await keepCalibration(results, environment, machine);
  }
  t.is(await lastCalibration(environment, machine), null);
});

test('a file that is damaged is as good as none', async (t) => {
  const { directory, environment } = await dataPlace(t);
  await keepCalibration(runWith(standard), environment, machine);
  await writeFile(path.join(directory, 'gitops-lab', 'calibrations', 'left_hand.json'), '{"machine":');
  t.is(await lastCalibration(environment, machine), null);
});
