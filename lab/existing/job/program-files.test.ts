import test from 'ava';
import { isLeftOut, runtimePackages } from './program-files.ts';

test('packages that only the makers of the program need are left out', (t) => {
  const packages = {
    '': {},
    'node_modules/execa': {},
    'node_modules/execa/node_modules/figures': {},
    'node_modules/ava': { dev: true },
    'node_modules/@esbuild/linux-x64': { optional: true },
  };
  t.deepEqual(runtimePackages({ packages }), [
    'node_modules/execa',
    'node_modules/execa/node_modules/figures',
    'node_modules/@esbuild/linux-x64',
  ]);
});

test('runs that were made here and tests are left out', (t) => {
  t.true(isLeftOut('reports/runs/drift-recovery/latest'));
  t.true(isLeftOut('lab/kube/apply.test.ts'));
  t.false(isLeftOut('reports/render/report.ts'));
});
