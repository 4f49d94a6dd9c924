import test from 'ava';
import { textAt } from '../../lab/kube/objects.ts';
import { pushNewTag, pushOtherTags } from '../disturbances/by-tag.ts';
import { followedChartShop, followedShop } from '../applications/followed-shop.ts';
import type { Application } from '../scenario.ts';
import { stockShelf, type ImageShelf } from './image-shelf.ts';

const where = { environment: 'one', restores: [], readies: [] };
const newer = pushNewTag('newer', 'a manifest', where);
const other = pushOtherTags('other', 1000, where);

function shelfOf(application: Application): ImageShelf {
  const { followedImage } = application;
  if (followedImage === undefined) throw new Error('the application follows no image');
  return stockShelf(application, followedImage, '127.0.0.1:5000');
}

function imageAt({ stocked }: ImageShelf, release: number): string {
  const deployment = stocked.objectsAt(release).find(({ kind }) => kind === 'Deployment');
  return textAt(deployment, 'spec', 'template', 'spec', 'containers', 0, 'image');
}

test('the objects name the image of the registry, at the newest tag that may be taken', (t) => {
  const shelf = shelfOf(followedShop);
  t.like(shelf, { repository: 'shop/web', firstTag: '1.4.2' });
  t.deepEqual(shelf.inLab, { image: '127.0.0.1:5000/shop/web', range: '1.x' });
  t.is(imageAt(shelf, 1), '127.0.0.1:5000/shop/web:1.4.2');
  t.deepEqual(shelf.take(newer), ['1.4.3']);
  t.is(imageAt(shelf, 1), '127.0.0.1:5000/shop/web:1.4.3');
  t.is(imageAt(shelf, 2), '127.0.0.1:5000/shop/web:1.4.3');
});

test('tags that are to be left change nothing, and are others each time', (t) => {
  const shelf = shelfOf(followedShop);
  t.deepEqual(shelf.take(other), ['0.9.1', '1.4.3-rc.1']);
  t.deepEqual(shelf.take(other), ['0.9.2', '1.4.3-rc.2']);
  t.is(imageAt(shelf, 1), '127.0.0.1:5000/shop/web:1.4.2');
  t.deepEqual(shelf.take(newer), ['1.4.3']);
});

test('the values of a chart name the same image', (t) => {
  const shelf = shelfOf(followedChartShop);
  t.deepEqual(shelf.inLab.inValues, { chart: 'shop', key: 'image' });
  const release = shelf.stocked.chart?.releaseOf(shelf.stocked.objectsAt(1));
  t.is(release?.values['image'], '127.0.0.1:5000/shop/web:1.4.2');
});
