import test from 'ava';
import { nearestName, suggestName } from './nearest-name.ts';

const engines = ['flux', 'argocd'];

test('a misspelled name is recognised', (t) => {
  t.is(nearestName('fluxx', engines), 'flux');
  t.is(nearestName('ArgoCD', engines), 'argocd');
  t.is(nearestName('argo-cd', engines), 'argocd');
  t.is(nearestName('scale-to-nil', ['scale-up', 'scale-to-zero']), 'scale-to-zero');
});

test('a name that is like none is not guessed at', (t) => {
  t.is(nearestName('kubernetes', engines), undefined);
  t.is(nearestName('zz', ['up', 'down']), undefined);
  t.is(nearestName('flux', []), undefined);
});

test('a suggestion names the nearest and all that there are', (t) => {
  t.is(suggestName('fluxx', engines), 'did you mean "flux"? (known: flux, argocd)');
  t.is(suggestName('spinnaker', engines), 'known: flux, argocd');
});
