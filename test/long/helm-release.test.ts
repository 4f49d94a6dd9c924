import test from 'ava';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { helmRelease } from '../../scenarios/helm-release.ts';
import { documented } from '../documented/pages.ts';
import { makeRun } from './make-run.ts';
import { leftProcesses, makePlace } from '../support.ts';

const minutes = 60_000;
const made = ['install', 'bump-chart', 'failed-upgrade', 'edit-image-correction-off'];

test.serial('helm-release: both engines keep a chart, and Flux alone goes back by itself', async (t) => {
  t.timeout(15 * minutes);
  const place = await makePlace(t);
  const { results, directory, counted, reasons } = await makeRun(t, place, helmRelease, {
    command: documented('npm run scenario helm-release'),
    words: [`--only=${made.join(',')}`],
  });
  t.is(counted.length, 2 * made.length, reasons);
  const found = (engine: string, disturbance: string) => {
    const one = counted.find((other) => other.engine === engine && other.disturbance === disturbance);
    if (one === undefined) throw new Error(`${engine} has no ${disturbance}: ${reasons}`);
    return one;
  };
  for (const engine of ['flux', 'argocd']) {
    for (const disturbance of ['install', 'bump-chart']) {
      const { verdict, reason, timeToReadyMs } = found(engine, disturbance);
      t.is(verdict, 'valid', `${engine} ${disturbance}: ${reason}`);
      t.true((timeToReadyMs ?? 0) > 0);
    }
    const left = found(engine, 'edit-image-correction-off');
    t.is(left.verdict, 'censored', engine);
    t.regex(left.reason, /^not corrected within 15/);
    const { figures } = found(engine, 'failed-upgrade');
    t.true((figures['failureToldMs'] ?? 0) > 0, `${engine} tells of the failure`);
    t.is(figures['timeUnservedMs'], 0, `${engine}: the old version goes on`);
  }
  t.is(found('flux', 'failed-upgrade').verdict, 'valid');
  t.is(found('argocd', 'failed-upgrade').verdict, 'censored');
  t.regex(found('argocd', 'failed-upgrade').reason, /^not gone back to the old version within 30/);
  const flux = results.engines.find(({ engine }) => engine === 'flux');
  t.true(flux?.settings.some(({ name }) => name === 'HelmRelease interval'));
  const report = await readFile(path.join(directory, 'report.md'), 'utf8');
  t.regex(report, /goes back to the old version by itself when an upgrade fails \| yes .* \| no/);
  t.deepEqual(await leftProcesses(place), [], 'nothing goes on running');
});
