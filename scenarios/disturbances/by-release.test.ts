import test from 'ava';
import { chartShop, withNextChart } from '../applications/shop-chart.ts';
import { web, wholeShop } from '../applications/shop.ts';
import { remove } from './by-hand.ts';
import { bumpChart, changeValues, failUpgrade, installChart, leftAlone } from './by-release.ts';

const { chart, objectsAt } = chartShop;
const objects = objectsAt(7);

test('a release is installed again where it was removed with all that it consists of', (t) => {
  const { after, change } = installChart('install', wholeShop);
  const without = after?.change(objects) ?? [];
  t.deepEqual(
    without.map(({ kind }) => kind),
    ['Namespace'],
  );
  t.is(chart?.releaseOf(without), undefined);
  t.deepEqual(after?.removes, wholeShop.restores);
  t.deepEqual(change(objects), objects);
});

test('a bump changes the version alone, and new values change no version', (t) => {
  const before = chart?.releaseOf(objects);
  const bumped = chart?.releaseOf(bumpChart('bump', withNextChart, wholeShop).change(objects));
  t.deepEqual(bumped, { version: '1.7.0', values: before?.values ?? {} });
  const { change } = changeValues('values', 'Deployment/web', 'web', 'shop/web:2');
  const changed = chart?.releaseOf(change(objects));
  t.is(changed?.version, before?.version);
  t.deepEqual(changed?.values, { ...before?.values, image: 'shop/web:2' });
});

test('a failed upgrade is to be undone, and is watched for no longer than it says', (t) => {
  const { outcome, watchMs, change } = failUpgrade('fail', 'Deployment/web', {
    container: 'web',
    image: 'shop/web:broken',
    readies: ['Deployment/web'],
    watchMs: 1234,
  });
  t.is(outcome, 'undone');
  t.is(watchMs, 1234);
  t.like(chart?.releaseOf(change(objects)), { values: { neverReady: true } });
});

test('drift that is left alone is the same drift under another name', (t) => {
  const drift = remove('delete', web, { readies: ['Deployment/web'] });
  const left = leftAlone('delete-off', drift, 1234);
  t.is(left.act, drift.act);
  t.like(left, { name: 'delete-off', correction: 'off', watchMs: 1234, target: 'Deployment/web' });
  t.not(left.feature, drift.feature);
});
