import test from 'ava';
import { describeMismatch } from './mismatch.ts';
import type { Origin, Tool, ToolName } from './tool.ts';

const toolsOf = (
  versions: Partial<Record<ToolName, string>>,
  origin: Origin = 'release',
): ReadonlyMap<ToolName, Tool> =>
  new Map(
    Object.entries(versions).map(([name, version]) => {
      const tool = { name: name as ToolName, version, origin, source: '', sha256: '', files: {} };
      return [tool.name, tool];
    }),
  );

test('controllers of different minor versions are not of one Flux release', (t) => {
  t.deepEqual(
    describeMismatch(toolsOf({ 'source-controller': 'v1.3.0', 'kustomize-controller': 'v1.9.5' })),
    ['source-controller 1.3.0 and kustomize-controller 1.9.5 are not of one Flux release'],
  );
});

test('a Flux program of another minor version than the controllers is named', (t) => {
  t.deepEqual(describeMismatch(toolsOf({ flux: 'v2.8.0', 'kustomize-controller': 'v1.9.5' })), [
    'flux 2.8.0 and kustomize-controller 1.9.5 are not of one Flux release',
  ]);
});

test('tools of one release, and tools that have nothing to do with each other, need no words', (t) => {
  const flux = { flux: 'v2.9.5', 'source-controller': 'v1.9.5', 'kustomize-controller': 'v1.9.0' };
  t.deepEqual(describeMismatch(toolsOf({ ...flux, etcd: 'v3.7.3', redis: '9.0.8' })), []);
});

test('a controller that can not say its version leaves the question open', (t) => {
  const notices = describeMismatch(
    toolsOf({ 'source-controller': 'unknown', 'kustomize-controller': 'v1.9.5' }, 'own'),
  );
  t.regex(notices.join(), /version of source-controller is unknown/);
});

test('a Redis that Go built is named for what it is', (t) => {
  t.regex(describeMismatch(toolsOf({ redis: 'v2.40.0' }, 'go')).join(), /miniredis 2\.40\.0/);
});
