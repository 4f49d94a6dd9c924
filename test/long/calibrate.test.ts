import test from 'ava';
import path from 'node:path';
import { readFile } from 'node:fs/promises';
import { readRun } from '../../reports/record/reader.ts';
import { sightingsOf } from '../../scenarios/calibrate/samples.ts';
import { summariseCondition } from '../../scenarios/calibrate/summary.ts';
import { conditions } from '../../scenarios/calibrate/conditions.ts';
import { readTruth } from '../../scenarios/calibrate/truth.ts';
import { documented } from '../documented/pages.ts';
import { shortened, startTyped } from '../documented/typing.ts';
import { filesBelow, labNames, makePlace, startProgram } from '../support.ts';

const minutes = 60_000;

test.serial(
  'the harness is calibrated by a reconciler of known delay, and its figures follow from its files',
  async (t) => {
    t.timeout(3 * minutes);
    const place = await makePlace(t);
    const names = ['10-objects-busy', '100-objects-idle'];
    const flags = [`--only=${names.join(',')}`, '--iterations=12', '--seed=5', `--out=${place.runs}`];
    const command = shortened(documented('npm run scenario calibrate'), flags);
    const { all, exitCode } = await startTyped(t, place, command);
    t.is(exitCode, 0, all);
    t.regex(all, /100-objects-idle +\S+ ms/);

    const { directory, results, history } = await readRun(path.join(place.runs, 'calibrate', 'latest'));
    t.is(results.status, 'complete');
    t.deepEqual(results.iterations, []);
    const made = results.calibration?.conditions ?? [];
    t.deepEqual(
      made.map(({ name, samples, missing }) => ({ name, samples, missing })),
      names.map((name) => ({ name, samples: 12, missing: 0 })),
    );
    t.is(results.errorP99Ms, made[1]?.error.p99Ms);

    const truth = await readTruth(path.join(directory, 'truth.jsonl'));
    const delays = truth.flatMap((line) => (line.type === 'restoration' ? [line.delayMs] : []));
    t.true(delays.every((delayMs) => delayMs >= 5 && delayMs <= 50));
    t.true(new Set(delays).size > 20, 'each delay is drawn anew');
    for (const [index, figures] of made.entries()) {
      const condition = conditions.find(({ name }) => name === figures.name);
      if (condition === undefined) throw new Error(`there is no condition ${figures.name}`);
      const sightings = sightingsOf(history.filter(({ trial }) => trial === index + 1));
      t.deepEqual(summariseCondition(condition, sightings, truth, figures), figures);
      // An error as large as this would mean that the reference and the harness don't share their clock's zero.
      t.true(figures.error.medianMs > -40 && figures.error.medianMs < 40, String(figures.error.medianMs));
    }

    const before = await filesBelow(directory);
    const again = await startProgram(t, place, ['report', directory]);
    t.is(again.exitCode, 0, again.all);
    t.deepEqual(await filesBelow(directory), before, 'it renders again, byte for byte the same');
    t.regex(await readFile(path.join(directory, 'report.md'), 'utf8'), /Fewer than 200 samples/);
    t.deepEqual(await labNames(place), [], 'no lab is left');
  },
);

test.serial('conditions are chosen as the page on calibration says', async (t) => {
  t.timeout(3 * minutes);
  const place = await makePlace(t);
  const command = documented(
    'npm run scenario calibrate -- --only 100-objects-idle,100-objects-busy --iterations 500',
  );
  const flags = ['--iterations=12', `--out=${place.runs}`];
  const { all, exitCode } = await startTyped(t, place, shortened(command, flags));
  t.is(exitCode, 0, all);
  const { results } = await readRun(path.join(place.runs, 'calibrate', 'latest'));
  const made = results.calibration?.conditions ?? [];
  t.deepEqual(
    made.map(({ name, samples }) => `${name}: ${samples}`),
    ['100-objects-idle: 12', '100-objects-busy: 12'],
  );
});
