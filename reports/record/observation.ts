import * as z from 'zod';
import { clusterFacts } from './facts/cluster.ts';
import { iterationFacts } from './facts/iteration.ts';
import { machineFacts } from './facts/machine.ts';
import { rebuildFacts } from './facts/rebuild.ts';
import { stageFacts } from './facts/stage.ts';
import { surroundingFacts } from './facts/surroundings.ts';

/** One timestamped fact of history.jsonl. */
export const Observation = z.discriminatedUnion('type', [
  ...iterationFacts,
  ...surroundingFacts,
  ...rebuildFacts,
  ...clusterFacts,
  ...machineFacts,
  ...stageFacts,
]);
export type Observation = z.infer<typeof Observation>;
