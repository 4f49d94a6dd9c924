import test from 'ava';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { promotion } from '../../scenarios/promotion.ts';
import { documented } from '../documented/pages.ts';
import { makeRun } from './make-run.ts';
import { filesBelow, leftProcesses, makePlace } from '../support.ts';

const minutes = 60_000;

test.serial('promotion: both engines apply what was reviewed, and nothing else gets into main', async (t) => {
  t.timeout(15 * minutes);
  const place = await makePlace(t);
  const { history, directory, counted } = await makeRun(t, place, promotion, {
    command: documented('npm run scenario promotion'),
  });
  t.deepEqual(counted.map(({ engine }) => engine).toSorted(), ['argocd', 'flux']);
  for (const { engine, verdict, reason, timeToReadyMs, figures } of counted) {
    t.is(verdict, 'valid', `${engine}: ${reason}`);
    t.true((timeToReadyMs ?? 0) > 0);
    t.deepEqual(figures, { refusedPushes: 1, refusedMerges: 1, approvals: 1 });
  }
  const audits = history.filter((fact) => fact.type === 'audit');
  t.is(audits.length, 2);
  for (const { engine, openedBy, approvals, mergeCommit } of audits) {
    t.is(openedBy, 'author');
    t.deepEqual(
      approvals.map(({ by }) => by),
      ['reviewer'],
    );
    const applied = history.find(
      (fact) => fact.type === 'engine' && fact.engine === engine && fact.revision === mergeCommit,
    );
    t.truthy(applied, `${engine} says that it has the merge commit`);
  }
  const report = await readFile(path.join(directory, 'report.md'), 'utf8');
  for (const { mergeCommit } of audits) t.true(report.includes(mergeCommit.slice(0, 7)));
  t.deepEqual(await leftProcesses(place), [], 'nothing goes on running');
  const texts = [...(await filesBelow(place.runs)).values()].join('\n');
  t.notRegex(texts, /Authorization: Basic|random password is/, 'no secret is in what a run leaves');
});
