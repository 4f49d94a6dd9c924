import type { Drift, Scenario } from './api.ts';
import { shopDrift } from './applications/shop-disturbances.ts';
import { shop } from './applications/shop.ts';

/** Someone deletes or edits by hand what Git describes; the engine has to put it back. */
export const driftRecovery: Scenario<Drift> = {
  name: 'drift-recovery',
  summary: 'delete and edit objects by hand, and time how each engine puts them back',
  question: 'When someone changes the cluster by hand, how fast does each engine put it back as Git has it?',
  application: shop,
  disturbances: shopDrift,
};
