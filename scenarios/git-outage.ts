import {
  correctedDuringFault,
  refusedConnections,
  faultLasted,
  gitOutage,
  longestWait,
  scale,
  type Fault,
  type Scenario,
} from './api.ts';
import { replicas, shop, web, wholeShop } from './applications/shop.ts';

const drift = scale('scale-up', web, replicas + 2);

/** Git is down for a while, the cluster drifts meanwhile, and Git comes back with a new release. */
export const gitOutageScenario: Scenario<Fault> = {
  name: 'git-outage',
  summary:
    'take Git away for a while, and time how each engine corrects drift meanwhile and goes on afterwards',
  question: 'While Git is down, is drift still corrected, and how long after its return is all normal again?',
  application: shop,
  disturbances: [
    gitOutage('outage-15s', { ...wholeShop, longestMs: 15_000, drift }),
    gitOutage('outage-60s', { ...wholeShop, longestMs: 60_000, drift }),
    gitOutage('outage-15m', { ...wholeShop, longestMs: 900_000, drift, onlyWhenNamed: true }),
  ],
  figures: [faultLasted, refusedConnections, longestWait, correctedDuringFault('Deployment/web')],
  iterations: 5,
};
