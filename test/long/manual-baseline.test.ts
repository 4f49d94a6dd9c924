import test from 'ava';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { readRunbook } from '../../lab/engines/manual/runbook.ts';
import { manualBaseline } from '../../scenarios/manual-baseline.ts';
import { documented } from '../documented/pages.ts';
import { makeRun } from './make-run.ts';
import { filesBelow, leftProcesses, makePlace } from '../support.ts';

const minutes = 60_000;
const only = ['delete-deployment', 'edit-image', 'revert-release'];

test.serial('a runbook brings back what the engines bring back, step by step', async (t) => {
  t.timeout(15 * minutes);
  const place = await makePlace(t);
  const { history, directory, counted } = await makeRun(t, place, manualBaseline, {
    command: documented('npm run scenario manual-baseline'),
    // Flux holds on to a bad release for as long as this.
    profile: 'flux:\n  timeout: 6s\n',
    words: [`--only=${only.join(',')}`],
  });
  const asked = ['argocd', 'flux', 'manual'].flatMap((engine) => only.map((name) => `${engine} ${name}`));
  t.deepEqual(counted.map(({ engine, disturbance }) => `${engine} ${disturbance}`).toSorted(), asked);
  for (const { engine, disturbance, verdict, reason, timeToSettleMs, figures } of counted) {
    const name = `${engine}, ${disturbance}`;
    t.is(verdict, 'valid', `${name}: ${reason}`);
    if (engine !== 'manual') {
      t.deepEqual(figures, { steps: 0, decisions: 0, timeAtHumanPaceMs: null }, name);
      continue;
    }
    const { steps } = await readRunbook('shop', disturbance);
    const decisions = steps.filter(({ kind }) => kind === 'decide').length;
    t.is(figures['steps'], steps.length - decisions, name);
    t.is(figures['decisions'], decisions, name);
    t.true((figures['timeAtHumanPaceMs'] ?? 0) > (timeToSettleMs ?? Infinity), `${name}: people are slower`);
  }
  const made = history.filter((fact) => fact.type === 'runbook-step');
  t.true(made.length > 0);
  t.true(made.every(({ engine }) => engine === 'manual'));
  const report = await readFile(path.join(directory, 'report.md'), 'utf8');
  t.regex(report, /\| delete-deployment \| 5 \| 1 \|/);
  t.regex(report, /\| brings back a deleted Deployment \| yes .* \| yes .* \| by hand /);
  t.deepEqual(await leftProcesses(place), [], 'nothing goes on running');
  const texts = [...(await filesBelow(place.runs)).values()].join('\n');
  t.notRegex(texts, /Authorization: Basic/, 'no secret is in what a run leaves');
});

test.serial('a runbook is followed without an engine', async (t) => {
  t.timeout(6 * minutes);
  const place = await makePlace(t);
  const { counted } = await makeRun(t, place, manualBaseline, {
    command: documented('npm run scenario manual-baseline -- --engine manual'),
    words: ['--only=scale-up'],
  });
  t.deepEqual(
    counted.map(({ engine, verdict }) => `${engine} ${verdict}`),
    ['manual valid'],
  );
});
