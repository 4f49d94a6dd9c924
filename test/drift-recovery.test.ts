import test from 'ava';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { readRun } from '../reports/record/reader.ts';
import type { Observation } from '../reports/record/observation.ts';
import { driftRecovery } from '../scenarios/drift-recovery.ts';
import { judgeHistory } from '../scenarios/runner/judge.ts';
import { documented } from './documented/pages.ts';
import { shortened, startTyped } from './documented/typing.ts';
import { filesBelow, labNames, makePlace, patientProfile, startProgram } from './support.ts';

const minutes = 60_000;

test.serial('one command sets up both engines, disturbs them, measures and reports', async (t) => {
  t.timeout(6 * minutes);
  const place = await makePlace(t);
  const disturbances = ['delete-deployment', 'delete-configmap', 'edit-image'];
  const flags = [
    `--only=${disturbances.join(',')}`,
    '--iterations=1',
    '--seed=5',
    `--profile=${await patientProfile(place)}`,
    '--threshold=*.drift.*.timeToRestore.max < 1m',
    `--out=${place.runs}`,
  ];
  const command = shortened(documented('npm run scenario drift-recovery'), flags);
  const { all, exitCode } = await startTyped(t, place, command);
  t.is(exitCode, 0, all);
  t.regex(all, /report: .*report\.md/);
  t.regex(all, /^thresholds: 6 of 6 held\.$/m);

  const { directory, results, history, notices } = await readRun(
    path.join(place.runs, 'drift-recovery', 'latest'),
  );
  t.deepEqual(notices, []);
  t.is(results.status, 'complete');
  // An engine that looks every two seconds can be at work just when it is disturbed; such an iteration is made again.
  const counted = results.iterations.filter(({ verdict }) => verdict !== 'invalid');
  t.is(counted.length, 2 * (1 + disturbances.length), 'a warm-up and each disturbance, for both engines');
  for (const iteration of counted) {
    t.is(iteration.verdict, 'valid', `${iteration.engine} ${iteration.disturbance}: ${iteration.reason}`);
    t.true((iteration.timeToRestoreMs ?? 0) > 0);
    t.true((iteration.timeToReadyMs ?? 0) >= (iteration.timeToRestoreMs ?? Infinity));
    t.true((iteration.timeToSettleMs ?? 0) >= (iteration.timeToRestoreMs ?? Infinity));
  }
  const revisions = results.iterations.map(({ engine, revision }) => `${engine} ${revision}`);
  t.is(new Set(revisions).size, revisions.length, 'each iteration is made on a revision of its own');

  const inOrder = judgeHistory(history, driftRecovery, results.plan).sort(
    (a, b) => a.engine.localeCompare(b.engine) || a.index - b.index,
  );
  const reported = [...results.iterations].sort(
    (a, b) => a.engine.localeCompare(b.engine) || a.index - b.index,
  );
  t.deepEqual(inOrder, reported, "the report's figures follow from its history");

  for (const engine of ['flux', 'argocd'] as const) {
    const isDeletion = ({ engine: own, disturbance, kind }: (typeof reported)[number]) =>
      own === engine && disturbance === 'delete-deployment' && kind === 'measured';
    const index = counted.find(isDeletion)?.index;
    const events = history.filter(
      (fact): fact is Extract<Observation, { type: 'object' }> =>
        fact.type === 'object' &&
        fact.engine === engine &&
        fact.iteration === index &&
        fact.object === 'Deployment/web',
    );
    const deleted = events.find(({ event }) => event === 'DELETED');
    const added = events.find(({ event }) => event === 'ADDED');
    t.truthy(deleted, `${engine}: the Deployment was deleted`);
    t.truthy(added, `${engine}: it came back`);
    t.not(added?.uid, deleted?.uid, `${engine}: what came back is a new object`);
  }

  const flux = results.engines.find(({ engine }) => engine === 'flux');
  const argocd = results.engines.find(({ engine }) => engine === 'argocd');
  t.truthy(flux?.settings.find(({ name, value }) => name === 'Kustomization interval' && value === '2s'));
  t.truthy(
    argocd?.settings.find(({ name, value }) => name.endsWith('--self-heal-backoff-factor') && value === '3'),
  );
  t.true(
    (argocd?.trials[0]?.usage.find(({ component }) => component === 'argocd-application-controller')
      ?.maxMemoryBytes ?? 0) > 1e7,
  );

  const everything = results.plan.engines.flatMap((engine) =>
    disturbances.map((name) => `${engine} ${name}`),
  );
  t.deepEqual(
    results.predictions.map(({ engine, disturbance }) => `${engine} ${disturbance}`).sort(),
    everything.sort(),
    'each time is predicted',
  );
  for (const { engine, terms } of results.predictions) {
    const names = terms.map(({ name }) => name);
    t.true(
      names.includes(engine === 'flux' ? 'work' : 'comparison'),
      `${engine}: its own log tells how long its work takes`,
    );
  }

  const before = await filesBelow(directory);
  const again = await startProgram(t, place, ['report', directory]);
  t.is(again.exitCode, 0, again.all);
  t.deepEqual(await filesBelow(directory), before, 'an old run renders again, byte for byte the same');

  const deletion = reported.find(
    ({ engine, disturbance }) => engine === 'flux' && disturbance === 'delete-deployment',
  );
  const told = await startProgram(t, place, [
    'report',
    directory,
    `--iteration=flux/${deletion?.index ?? 0}`,
  ]);
  t.is(told.exitCode, 0, told.all);
  const [, untilSettled = ''] = /disturbed: the zero of time(.*?)── settled/s.exec(told.all) ?? [];
  t.regex(untilSettled, /API server +Deployment\/web added.*── restored/s, told.all);
  t.regex(untilSettled, /log:kustomize-controller +server-side apply completed/, told.all);
  t.regex(untilSettled, /event +Deployment\/web ScalingReplicaSet: Scaled up/, told.all);
  t.deepEqual(await filesBelow(directory), before, 'a timeline changes nothing');

  const secrets = [...before].filter(([, text]) => /PRIVATE KEY|requirepass|client-key-data/.test(text));
  t.deepEqual(
    secrets.map(([file]) => file),
    [],
    'no key or password is in a run',
  );
  t.true((await readFile(path.join(directory, 'report.md'), 'utf8')).includes('delete-deployment'));
  t.deepEqual(await labNames(place), [], 'no lab is left');
});
