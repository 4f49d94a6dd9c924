import test from 'ava';
import { parse } from 'yaml';
import { umbrellaFiles } from './umbrella-chart.ts';

const application = { name: 'shop', namespace: 'store', path: 'apps/shop' };
const namespace = { apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'store' } };
const chart = {
  repository: '127.0.0.1:5000/charts',
  name: 'web',
  version: '1.2.3',
  values: { image: 'web:1' },
  correctsDrift: true,
};

test('the chart is the dependency of one in Git, which holds its values below its name', (t) => {
  const files = umbrellaFiles(application, { chart, objects: [namespace] });
  t.like(parse(files['apps/shop/Chart.yaml'] ?? ''), {
    name: 'shop',
    dependencies: [{ name: 'web', version: '1.2.3', repository: 'oci://127.0.0.1:5000/charts' }],
  });
  t.deepEqual(parse(files['apps/shop/values.yaml'] ?? ''), { web: { image: 'web:1' } });
  t.deepEqual(parse(files['apps/shop/templates/namespace-store.yaml'] ?? ''), namespace);
});

test('without a release the chart in Git has no dependency', (t) => {
  const files = umbrellaFiles(application, { chart: undefined, objects: [namespace] });
  t.deepEqual(Object.keys(files), ['apps/shop/Chart.yaml', 'apps/shop/templates/namespace-store.yaml']);
  t.false('dependencies' in (parse(files['apps/shop/Chart.yaml'] ?? '') as object));
});
