import test from 'ava';
import { shop } from '../applications/shop.ts';
import { engineAt, factAt, objectAt, revision, stateAfter, steadyState } from '../testing/facts.ts';
import {
  isAsGitHasIt,
  isReady,
  nextState,
  nothingKnown,
  unbrokenness,
  unsteadiness,
} from './cluster-state.ts';
import { objectNames } from './judge.ts';

const names = objectNames(shop);
const web = 'Deployment/web';
const why = (...facts: Parameters<typeof stateAfter>[0]) =>
  unsteadiness(stateAfter(facts, steadyState), names, revision);

test('the last observation of each object and of the engine is what is known', (t) => {
  const state = stateAfter([objectAt(5, web, { isReady: false }), engineAt(6, { attempts: 1 })], steadyState);
  t.false(isReady(state, web));
  t.true(isReady(state, 'Service/web'));
  t.is(state.engine?.attempts, 1);
});

test('the facts of the harness change nothing that is known', (t) => {
  t.is(nextState(steadyState, factAt(5, { type: 'watch-gap', resource: '/api' })), steadyState);
});

test('what is unknown, gone or going is neither as Git has it nor ready', (t) => {
  for (const state of [
    nothingKnown,
    stateAfter([objectAt(5, web, { event: 'DELETED' })], steadyState),
    stateAfter([objectAt(5, web, { isTerminating: true })], steadyState),
  ]) {
    t.false(isAsGitHasIt(state, web));
    t.false(isReady(state, web));
  }
});

test('the end of an older object that is told late does not hide its successor', (t) => {
  const successor = objectAt(5, web, { event: 'ADDED', uid: 'second' });
  const state = stateAfter([successor, objectAt(6, web, { event: 'DELETED' })], steadyState);
  t.true(isReady(state, web));
});

test('the steady state holds when everything does', (t) => {
  t.is(unsteadiness(steadyState, names, revision), undefined);
});

test('the steady state is refused, with what is wrong', (t) => {
  t.is(
    why(objectAt(5, web, { differsFromGit: ['spec.replicas'] })),
    'Deployment/web is not as Git has it (spec.replicas)',
  );
  t.is(why(objectAt(5, 'ConfigMap/web', { event: 'DELETED' })), 'ConfigMap/web is not as Git has it');
  t.is(why(objectAt(5, web, { isReady: false })), 'Deployment/web is not ready');
  t.is(why(objectAt(5, 'Endpoints/web', { isReady: false })), 'Endpoints/web is not ready');
  t.is(
    why(engineAt(5, { isSettled: false, isWorking: true, summary: 'reconciling' })),
    'the engine is not settled (reconciling)',
  );
  t.is(why(engineAt(5, { revision: '0123456789' })), 'the engine is at revision 0123456 and not at 4f2cde');
  t.is(why(engineAt(5, { attempts: 2 })), "the engine's backoff is at 2 and not at zero");
  t.is(why(objectAt(5, 'Deployment/gone-from-git')), 'Deployment/gone-from-git is still there');
  t.is(why(objectAt(5, 'Deployment/gone-from-git', { event: 'DELETED' })), undefined);
  const silent = { ...steadyState, engine: undefined };
  t.is(unsteadiness(silent, names, revision), 'the engine has said nothing yet');
});

test('a mistake that removes something is made when that is gone, and not while it is terminating', (t) => {
  const mistake = { breaks: [], removes: ['Deployment/web'] } as const;
  const after = (...facts: Parameters<typeof stateAfter>[0]) =>
    unbrokenness(stateAfter(facts, steadyState), names, mistake);
  const gone = objectAt(5, web, { event: 'DELETED', isReady: false });
  t.is(after(objectAt(5, web, { isTerminating: true })), 'Deployment/web is not gone');
  t.is(after(gone), undefined);
  t.is(after(gone, objectAt(6, 'Service/web', { event: 'DELETED' })), 'Service/web is not as Git has it');
});
