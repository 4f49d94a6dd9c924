import type { Change, Scenario } from './api.ts';
import { revertBadRelease } from './applications/shop-disturbances.ts';
import { shop } from './applications/shop.ts';

/** A release never becomes ready, and is taken back by `git revert`; the engine has to bring the old version back. */
export const rollback: Scenario<Change> = {
  name: 'rollback',
  summary: 'take back a release that never becomes ready, and time until the old version is ready',
  question: 'When a bad release is taken back in Git, how fast is the old version ready again?',
  application: shop,
  disturbances: [revertBadRelease],
};
