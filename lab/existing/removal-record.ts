import * as z from 'zod';

const Reference = z.object({
  apiVersion: z.string(),
  kind: z.string(),
  name: z.string(),
  namespace: z.string().exactOptional(),
});

/** What is to be removed of a lab, and what was there before it: kept where the lab's home is, and in the cluster itself. */
export const Removal = z.object({
  /** The lab's name, which the cluster's claim has to carry. */
  lab: z.string(),
  footprint: z.object({
    namespaces: z.array(z.string()).readonly(),
    definitions: z.array(z.string()).readonly(),
    partsOf: z.array(z.string()).readonly(),
    objects: z.array(Reference).readonly(),
  }),
  /** Definitions and `Kind/name` of parts that were there before, and stay. */
  kept: z.array(z.string()).readonly(),
  /** What the lab made for an engine that is somebody else's, in the order in which it goes; that engine still runs then. */
  handed: z.array(Reference).readonly(),
});
export type Removal = z.infer<typeof Removal>;
