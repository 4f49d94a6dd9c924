import { commitAll, failedAttempts, waitedToRetry, type Change, type Scenario } from './api.ts';
import {
  inOneFolder,
  inParts,
  leftBehind,
  wholeWorkshop,
  withProducts,
  workshop,
} from './applications/workshop.ts';

const all = { change: withProducts, whole: wholeWorkshop };
const what = 'a kind, its operator and objects of that kind';

/** A kind, its operator and objects that need both arrive at once, with and without a word on their order. */
export const dependencyOrder: Scenario<Change> = {
  name: 'dependency-order',
  summary: 'bring up a kind, its operator and objects that need both, with and without a declared order',
  question: 'When manifests that need each other arrive at once, what does each engine make of their order?',
  application: workshop,
  needs: ['ordering'],
  operator: true,
  disturbances: [
    commitAll('parts-without-order', {
      ...all,
      how: `${what} in three parts, and nothing on their order`,
      feature: 'brings up parts that need each other without being told of their order',
      filesOf: inParts(false),
    }),
    commitAll('parts-in-order', {
      ...all,
      how: `${what} in three parts, and their order`,
      feature: 'brings up parts that need each other in a declared order',
      filesOf: inParts(true),
      // Flux looks at a dependency that was not ready again after 30 s (docs/scenarios/dependency-order.md).
      knownToTakeMs: { flux: 65_000 },
    }),
    commitAll('one-folder', {
      ...all,
      how: `${what} in one folder`,
      feature: 'brings up a kind, its operator and its objects from one folder',
      filesOf: inOneFolder,
    }),
  ],
  contrasts: [
    {
      of: 'parts-in-order',
      against: 'parts-without-order',
      when: 'With a declared order of the parts',
      did: 'had brought all up',
    },
  ],
  leaves: leftBehind,
  figures: [failedAttempts, waitedToRetry],
  iterations: 5,
};
