import type { Application, FollowedImage } from '../api.ts';
import { chartShop } from './shop-chart.ts';
import { image, shop } from './shop.ts';

/** The shop's image, which may move within its major version and to no pre-release. */
const followedImage: FollowedImage = { image, range: '1.x' };

/** The shop whose Deployment's image the engine keeps at its newest tag. */
export const followedShop: Application = { ...shop, followedImage };

/** The same shop as a chart, of which the release's values name the image. */
export const followedChartShop: Application = {
  ...chartShop,
  followedImage: { ...followedImage, valuesKey: 'image' },
};
