import test from 'ava';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { readOverall } from '../../reports/record/overall.ts';
import { makeCheckout } from '../documented/checkout.ts';
import { documented } from '../documented/pages.ts';
import { shortened, startTyped } from '../documented/typing.ts';
import { filesBelow, labNames, makePlace, patientProfile, startProgram } from '../support.ts';

const minutes = 60_000;

test.serial('two scenarios run one after the other, and one report tells of both', async (t) => {
  t.timeout(12 * minutes);
  const place = await makePlace(t);
  const checkout = await makeCheckout(path.join(place.directory, 'checkout'));
  const command = documented('npm run scenario all -- --only prune,rollback --engine argocd');
  const whole = documented('npm run scenario all');
  t.is(shortened(whole, ['--only', 'prune,rollback', '--engine', 'argocd']), command);
  const profile = `--profile=${await patientProfile(place, 'warmups: 0\n')}`;
  const typed = shortened(command, ['--iterations=1', '--seed=5', profile]);
  const { all, exitCode } = await startTyped(t, place, typed, checkout);
  t.is(exitCode, 0, all);
  t.regex(all, /part 1 of 2: prune, about .*; all that is left: about /);
  t.regex(all, /part 2 of 2: rollback/);
  const directory = path.join(checkout, 'reports', 'runs', 'all', 'latest');
  const { status, parts, seed } = await readOverall(directory);
  t.is(status, 'complete');
  t.is(seed, 5);
  t.deepEqual(
    parts.map((part) => [part.scenario, part.status]),
    [
      ['prune', 'complete'],
      ['rollback', 'complete'],
    ],
  );
  const before = await filesBelow(directory);
  const report = before.get('report.md') ?? '';
  t.regex(report, /^\*\*2 of 2 scenarios are complete/m);
  t.regex(
    report,
    /^\| removes a Service that Git no longer has \| yes \(.*n = 1\) \| \[prune, remove-service\]/m,
  );
  for (const [, link = ''] of report.matchAll(/\]\((\.\.[^)]*)\)/g)) {
    t.true((await readFile(path.join(directory, link), 'utf8')).includes('## What each engine can do'), link);
  }
  const again = await startTyped(t, place, documented('npm run report all'), checkout);
  t.is(again.exitCode, 0, again.all);
  t.deepEqual(await filesBelow(directory), before, 'it renders again, byte for byte the same');
  const resumed = await startProgram(t, place, ['scenario', '--resume', directory]);
  t.is(resumed.exitCode, 2);
  t.regex(resumed.all, /all of its parts are complete/);
  t.deepEqual(await labNames(place), [], 'no lab is left');
});
