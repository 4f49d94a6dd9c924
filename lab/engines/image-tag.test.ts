import test from 'ava';
import { imageTag } from './image-tag.ts';

test('a tag is told from a port and from a digest', (t) => {
  t.is(imageTag('ghcr.io/fluxcd/source-controller:v1.9.5'), 'v1.9.5');
  t.is(imageTag('registry.example:5000/argoproj/argocd'), '');
  t.is(imageTag('registry.example:5000/argoproj/argocd:v3.2.11@sha256:aa'), 'v3.2.11');
});
