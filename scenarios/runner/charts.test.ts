import test from 'ava';
import { chartShop } from '../applications/shop-chart.ts';
import { chartFolder, publishChart } from './charts.ts';

const { chart } = chartShop;
if (chart === undefined) throw new Error('the application is no chart');
const objects = chartShop.objectsAt(3);

test('Git holds the release of the chart, and beside it what no chart renders', (t) => {
  const folder = chartFolder(chart, objects, { registry: '127.0.0.1:5000' }, false);
  t.like(folder.chart, {
    repository: '127.0.0.1:5000/charts',
    name: 'shop',
    version: '1.0.0',
    correctsDrift: false,
  });
  t.deepEqual(
    folder.objects.map(({ kind }) => kind),
    ['Namespace'],
  );
  t.throws(() => chartFolder(chart, objects, { registry: undefined }, true), { message: /no registry/ });
});

test('a chart is published in the version that the objects need, and not where they need none', async (t) => {
  const published: string[] = [];
  const charts = {
    publish: async ({ name, version }: { name: string; version: string }) => {
      published.push(`${name} ${version}`);
      return Promise.resolve();
    },
  };
  await publishChart({ application: chartShop, charts }, objects);
  await publishChart({ application: chartShop, charts }, []);
  t.deepEqual(published, ['shop 1.0.0']);
});
