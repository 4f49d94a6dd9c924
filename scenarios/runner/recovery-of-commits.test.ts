import test from 'ava';
import type { Observation } from '../../reports/record/observation.ts';
import { atWork, engineAt, factAt, objectAt, revision, steadyState } from '../testing/facts.ts';
import { commitBrokenManifest, commitRemoval, revertRelease } from '../disturbances/by-commit.ts';
import { crashAtWork } from '../disturbances/by-fault.ts';
import { failUpgrade } from '../disturbances/by-release.ts';
import { pushNewTag, pushOtherTags } from '../disturbances/by-tag.ts';
import type { Change, Publication } from '../scenario.ts';
import { RecoveryTracker, type Recovery } from './recovery.ts';

const web = 'Deployment/web';
const gone = (atMs: number) => objectAt(atMs, web, { event: 'DELETED', isReady: false });

function changeOf(change: Change, facts: readonly Observation[]): Recovery {
  const tracker = new RecoveryTracker(change, revision, steadyState);
  for (const fact of facts) tracker.observe(fact);
  return tracker.recovery;
}

const pushed = factAt(100, { type: 'disturbed', what: 'a commit', revision: 'next' });
const settledAt = (atMs: number) => engineAt(atMs, { revision: 'next' });

test('a change counts from its push until the cluster has it, and the engine says so of its commit', (t) => {
  const facts = [
    pushed,
    objectAt(101, web, { differsFromGit: ['spec.replicas'] }),
    engineAt(102),
    engineAt(110, atWork),
    objectAt(120, web, { isReady: false }),
    objectAt(130, web),
    engineAt(135),
    settledAt(140),
  ];
  t.deepEqual(changeOf(revertRelease('revert', web, 'web', 'shop/web:broken'), facts), {
    disturbedAtMs: 100,
    detectedAtMs: 110,
    restoredAtMs: 120,
    readyAtMs: 130,
    settledAtMs: 140,
  });
});

test('a removal from Git is applied when the object is gone, and not while it is terminating', (t) => {
  const removal = commitRemoval('remove', web);
  const marked = objectAt(110, web, { isTerminating: true });
  t.is(changeOf(removal, [pushed, marked]).restoredAtMs, null);
  t.like(changeOf(removal, [pushed, marked, gone(120), settledAt(130)]), {
    restoredAtMs: 120,
    readyAtMs: 120,
    settledAtMs: 130,
  });
});

const pushedAt = (atMs: number) => factAt(atMs, { type: 'disturbed', what: 'pushed', revision: 'next' });

test('a commit that can not be applied ends when the engine says so, and stays so while it tries again', (t) => {
  const change = commitBrokenManifest('broken', web, ['Endpoints/web']);
  const tracker = new RecoveryTracker(change, revision, steadyState);
  const failed = { hasFailed: true, isSettled: false } as const;
  for (const fact of [
    pushedAt(100),
    engineAt(110, atWork),
    engineAt(120, failed),
    engineAt(130, atWork),
    engineAt(140, failed),
  ])
    tracker.observe(fact);
  t.deepEqual(tracker.recovery, {
    disturbedAtMs: 100,
    detectedAtMs: 110,
    restoredAtMs: 120,
    readyAtMs: 120,
    settledAtMs: 120,
  });
});

test('a broken commit that stops what served before is not well, though the engine tells of it', (t) => {
  const change = commitBrokenManifest('broken', web, ['Endpoints/web']);
  const tracker = new RecoveryTracker(change, revision, steadyState);
  const facts = [
    pushedAt(100),
    objectAt(110, 'Endpoints/web', { isReady: false }),
    engineAt(120, { hasFailed: true, isSettled: false }),
  ];
  for (const fact of facts) tracker.observe(fact);
  t.like(tracker.recovery, { restoredAtMs: 120, readyAtMs: null });
});

const badUpgrade = failUpgrade('fail', web, {
  container: 'web',
  image: 'shop/web:broken',
  readies: [web],
  watchMs: 1000,
});
const bad = { differsFromGit: ['spec.template'], isReady: false };
const failing = { hasFailed: true, isSettled: false } as const;

test('an engine has gone back when the old version is there after the new one, and settled when it says that it failed', (t) => {
  const facts = [
    pushed,
    engineAt(110, atWork),
    objectAt(120, web, bad),
    engineAt(130, failing),
    objectAt(140, web, { isReady: false }),
    objectAt(150, web),
    engineAt(160, failing),
  ];
  t.deepEqual(changeOf(badUpgrade, facts), {
    disturbedAtMs: 100,
    detectedAtMs: 110,
    restoredAtMs: 140,
    readyAtMs: 150,
    settledAtMs: 160,
  });
});

test('an old version that the new one never replaced is no going back', (t) => {
  t.like(changeOf(badUpgrade, [pushed, objectAt(120, web), engineAt(130, failing)]), { restoredAtMs: null });
  t.like(changeOf(badUpgrade, [pushed, objectAt(120, web, bad), engineAt(130, failing)]), {
    restoredAtMs: null,
    settledAtMs: null,
  });
});

test('after a fault the objects alone do not count: the engine has to have applied what was committed', (t) => {
  const fault = crashAtWork('crash', 'applies', { restores: [web], readies: [web] });
  const tracker = new RecoveryTracker(fault, revision, steadyState);
  for (const fact of [pushedAt(100), objectAt(110, web), engineAt(120, atWork)]) tracker.observe(fact);
  t.is(tracker.recovery.restoredAtMs, null);
  tracker.observe(engineAt(130, { revision: 'next' }));
  t.like(tracker.recovery, { restoredAtMs: 130, readyAtMs: 130, settledAtMs: 130 });
});

const where = { environment: 'one', restores: [web], readies: [web] } as const;
const pushedTag = factAt(100, { type: 'disturbed', what: 'a tag is pushed', revision });
const readTags = (atMs: number) => factAt(atMs, { type: 'step', step: 'tags-read', what: 'tags are read' });
const committed = (atMs: number) =>
  factAt(atMs, { type: 'committed', revision: 'by the automation', author: 'bot', message: 'newer' });

function trackerOf(publication: Publication, facts: readonly Observation[]): RecoveryTracker {
  const tracker = new RecoveryTracker(publication, revision, steadyState);
  for (const fact of facts) tracker.observe(fact);
  return tracker;
}

test('a new tag counts from what the automation commits, though all was as Git had it before', (t) => {
  const newTag = pushNewTag('new-tag', 'a manifest', where);
  const before = [pushedTag, engineAt(105, atWork), objectAt(106, web), readTags(110), engineAt(115)];
  t.like(trackerOf(newTag, before).recovery, { disturbedAtMs: 100, detectedAtMs: 110, restoredAtMs: null });
  const after = [
    committed(120),
    objectAt(121, web, { differsFromGit: ['spec.template'] }),
    engineAt(125),
    objectAt(130, web, { isReady: false }),
    objectAt(140, web),
    engineAt(150, { revision: 'by the automation' }),
  ];
  const tracker = trackerOf(newTag, [...before, ...after]);
  t.is(tracker.revision, 'by the automation');
  t.deepEqual(tracker.recovery, {
    disturbedAtMs: 100,
    detectedAtMs: 110,
    restoredAtMs: 130,
    readyAtMs: 140,
    settledAtMs: 150,
  });
});

test('a tag is left when it was read twice and nothing was committed, whatever the engine does meanwhile', (t) => {
  const otherTags = pushOtherTags('other-tags', 1000, where);
  const once = [pushedTag, readTags(110), engineAt(112, atWork), objectAt(114, web)];
  t.is(trackerOf(otherTags, once).recovery.restoredAtMs, null);
  const twice = trackerOf(otherTags, [...once, readTags(120), engineAt(130, atWork), engineAt(140)]);
  t.like(twice.recovery, { detectedAtMs: 110, restoredAtMs: 120, readyAtMs: 120, settledAtMs: 120 });
  t.false(twice.tookWhatIsToBeLeft);
});

test('a tag that was to be left and is committed all the same is never left again', (t) => {
  const otherTags = pushOtherTags('other-tags', 1000, where);
  const tracker = trackerOf(otherTags, [
    pushedTag,
    readTags(110),
    readTags(120),
    committed(125),
    readTags(130),
  ]);
  t.like(tracker.recovery, { restoredAtMs: null, readyAtMs: null, settledAtMs: null });
  t.true(tracker.tookWhatIsToBeLeft);
});
