import test from 'ava';
import type { Observation } from '../../reports/record/observation.ts';
import {
  atWork,
  disturbanceNamed,
  engineAt,
  factAt,
  objectAt,
  revision,
  steadyState,
} from '../testing/facts.ts';
import { notDisturbed, RecoveryTracker, type Recovery } from './recovery.ts';

const web = 'Deployment/web';
const second = { event: 'ADDED', uid: 'second' } as const;
const gone = (atMs: number) => objectAt(atMs, web, { event: 'DELETED', isReady: false });

function recoveryOf(name: string, facts: readonly Observation[]): Recovery {
  const tracker = new RecoveryTracker(disturbanceNamed(name), revision, steadyState);
  for (const fact of facts) tracker.observe(fact);
  return tracker.recovery;
}

test('each step of a recovery has the time of the event that showed it', (t) => {
  const recovery = recoveryOf('delete-deployment', [
    gone(100),
    engineAt(110, atWork),
    objectAt(120, web, { ...second, isReady: false }),
    objectAt(130, web, { uid: 'second' }),
    engineAt(140),
  ]);
  t.deepEqual(recovery, {
    disturbedAtMs: 100,
    detectedAtMs: 110,
    restoredAtMs: 120,
    readyAtMs: 130,
    settledAtMs: 140,
  });
});

test('nothing is counted before the API server tells of the disturbance', (t) => {
  const facts = [
    factAt(90, { type: 'usage', component: 'etcd', cpuSeconds: 1, memoryBytes: 1 }),
    engineAt(95, atWork),
    objectAt(96, 'ConfigMap/web', { event: 'DELETED' }),
    objectAt(97, web, { event: 'DELETED', uid: 'of an older one' }),
    objectAt(98, web),
  ];
  t.deepEqual(recoveryOf('delete-deployment', facts), notDisturbed);
  t.deepEqual(recoveryOf('scale-to-zero', facts), notDisturbed);
});

test('an object that is marked for deletion is disturbed, and not yet when it was only edited', (t) => {
  const edited = objectAt(90, web, { differsFromGit: ['spec.replicas'] });
  t.is(recoveryOf('delete-deployment', [edited]).disturbedAtMs, null);
  const marked = objectAt(100, web, { isTerminating: true });
  t.is(recoveryOf('delete-deployment', [marked, gone(105)]).disturbedAtMs, 100);
  t.is(recoveryOf('scale-to-zero', [edited]).disturbedAtMs, 90);
});

test('a Ready that is left from the object that was deleted never counts', (t) => {
  const stale = [gone(100), objectAt(110, web, { event: 'ADDED' }), objectAt(120, web)];
  t.like(recoveryOf('delete-deployment', stale), { restoredAtMs: null, readyAtMs: null });
  t.is(recoveryOf('delete-deployment', [...stale, objectAt(130, web, { uid: 'second' })]).restoredAtMs, 130);
});

test('ready means the pods of what is restored: not before it is as Git has it', (t) => {
  const facts = [
    objectAt(100, web, { differsFromGit: ['spec.replicas'], isReady: false }),
    objectAt(110, web, { differsFromGit: ['spec.replicas'], isReady: true }),
  ];
  t.like(recoveryOf('scale-up', facts), { restoredAtMs: null, readyAtMs: null });
  const restored = [...facts, objectAt(120, web, { isReady: false }), objectAt(130, web)];
  t.like(recoveryOf('scale-up', restored), { restoredAtMs: 120, readyAtMs: 130 });
});

test('a recovery that does not last starts over', (t) => {
  const facts = [
    gone(100),
    objectAt(110, web, second),
    engineAt(120),
    objectAt(130, web, { uid: 'second', differsFromGit: ['spec.replicas'] }),
  ];
  const lost = recoveryOf('delete-deployment', facts);
  t.like(lost, { disturbedAtMs: 100, restoredAtMs: null, readyAtMs: null, settledAtMs: null });
  const again = [...facts, objectAt(140, web, { uid: 'second' }), engineAt(150)];
  t.like(recoveryOf('delete-deployment', again), { restoredAtMs: 140, readyAtMs: 140, settledAtMs: 150 });
});

test('a workload that falls back is no longer ready, but still restored', (t) => {
  const facts = [
    gone(100),
    objectAt(110, web, second),
    objectAt(120, web, { uid: 'second', isReady: false }),
  ];
  t.like(recoveryOf('delete-deployment', facts), { restoredAtMs: 110, readyAtMs: null });
});

test('the endpoints of the old Service do not count', (t) => {
  const service = 'Service/web';
  const facts = [
    objectAt(100, service, { event: 'DELETED' }),
    objectAt(110, service, second),
    objectAt(115, 'Endpoints/web'),
  ];
  t.like(recoveryOf('delete-service', facts), { restoredAtMs: 110, readyAtMs: null });
  const own = objectAt(120, 'Endpoints/web', { event: 'ADDED', uid: 'second' });
  t.is(recoveryOf('delete-service', [...facts, own]).readyAtMs, 120);
});

test("the engine's word from before the restoration does not count, nor one of another revision", (t) => {
  const facts = [gone(100), engineAt(105), objectAt(110, web, second), objectAt(115, web, { uid: 'second' })];
  t.is(recoveryOf('delete-deployment', facts).settledAtMs, null);
  const other = [...facts, engineAt(120, { revision: 'another' })];
  t.is(recoveryOf('delete-deployment', other).settledAtMs, null);
  t.is(recoveryOf('delete-deployment', [...other, engineAt(130)]).settledAtMs, 130);
});

test('an engine that begins to look only after the restoration did not detect by it', (t) => {
  const facts = [gone(100), objectAt(110, web, second), engineAt(120, atWork)];
  t.is(recoveryOf('delete-deployment', facts).detectedAtMs, null);
});

test('a whole namespace is restored when the last of its objects is', (t) => {
  const facts = [
    objectAt(100, 'Namespace/shop', { isTerminating: true }),
    gone(110),
    objectAt(111, 'Service/web', { event: 'DELETED' }),
    objectAt(112, 'ConfigMap/web', { event: 'DELETED' }),
    objectAt(120, 'Namespace/shop', { event: 'DELETED' }),
    objectAt(130, 'Namespace/shop', second),
    objectAt(140, 'ConfigMap/web', second),
    objectAt(150, 'Service/web', second),
    objectAt(155, 'Endpoints/web', second),
  ];
  t.like(recoveryOf('delete-namespace', facts), { disturbedAtMs: 100, restoredAtMs: null });
  const whole = [...facts, objectAt(160, web, second)];
  t.like(recoveryOf('delete-namespace', whole), { restoredAtMs: 160, readyAtMs: 160 });
});
