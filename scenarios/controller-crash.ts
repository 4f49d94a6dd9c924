import { rollingShop, wholeShop } from './applications/shop.ts';
import { crashAtWork } from './disturbances/by-fault.ts';
import { timeUnserved } from './figures/windows.ts';
import type { Fault, Scenario } from './scenario.ts';

/** The engine crashes in the middle of a sync; what was begun has to be ended by the process that comes after it. */
export const controllerCrash: Scenario<Fault> = {
  name: 'controller-crash',
  summary: 'kill parts of each engine in the middle of a sync, and time until the sync is ended all the same',
  question: 'When a part of the engine crashes in the middle of a sync, how long until all is as Git has it?',
  application: rollingShop,
  disturbances: [
    crashAtWork('crash-applier', 'applies', wholeShop),
    crashAtWork('crash-reader', 'reads', wholeShop),
  ],
  figures: [timeUnserved('Endpoints/web')],
};
