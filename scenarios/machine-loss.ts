import {
  apiAway,
  loseController,
  losePower,
  nodeBack,
  nodeMissed,
  rebuildWorker,
  timeUnserved,
  type Fault,
  type Scenario,
} from './api.ts';
import { spreadShop, wholeShop } from './applications/shop.ts';

/** The same for each engine: it is Kubernetes that takes so long (docs/scenarios/machine-loss.md). */
const takes = (ms: number) => ({ flux: ms, argocd: ms });

/** A machine of the cluster is lost: a worker, the worker that the engine runs on, or the one that the control plane runs on. */
export const machineLoss: Scenario<Fault> = {
  name: 'machine-loss',
  summary: 'lose a worker or the controller, turn it on again or make it anew, and time until all is ready',
  question: 'When a machine of the cluster is lost, how long until all that Git describes is ready again?',
  application: spreadShop,
  disturbances: [
    losePower('worker-off', 'no engine', { ...wholeShop, knownToTakeMs: takes(80_000) }),
    losePower('engine-worker-off', 'engine', {
      ...wholeShop,
      knownToTakeMs: takes(400_000),
      onlyWhenNamed: true,
    }),
    rebuildWorker('worker-rebuilt', { ...wholeShop, knownToTakeMs: takes(150_000) }),
    loseController('controller-off', { ...wholeShop, longestMs: 30_000, knownToTakeMs: takes(80_000) }),
  ],
  figures: [nodeMissed, nodeBack, apiAway, timeUnserved('Deployment/web')],
  needsPods: true,
  leastNodes: 3,
  leastTimeoutMs: 900_000,
  iterations: 3,
};
