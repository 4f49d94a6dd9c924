import * as z from 'zod';
import { at } from './place.ts';

/** How a lost cluster came back, and what it was held against. */
export const rebuildFacts = [
  /** A command was run to rebuild a cluster, as a person would type it. */
  z.strictObject({ ...at, type: z.literal('command'), command: z.string() }),
  /** A rebuilt cluster has come so far. */
  z.strictObject({
    ...at,
    type: z.literal('reached'),
    /** `api-server`: it answers; `control-plane`: all of it runs, with its nodes Ready; `engine`: it has applied what brings all applications. */
    what: z.enum(['api-server', 'control-plane', 'engine']),
  }),
  /** A rebuilt cluster was held against the lost one, object by object. */
  z.strictObject({
    ...at,
    type: z.literal('compared'),
    /** How many objects there are in either of them. */
    objects: z.int().nonnegative(),
    /** Objects of both that differ in something that is not left out, with the paths. */
    differing: z.array(z.strictObject({ object: z.string(), paths: z.array(z.string()) })),
    /** Objects of the lost cluster alone. */
    missing: z.array(z.string()),
    /** Objects of the rebuilt cluster alone. */
    extra: z.array(z.string()),
    /** What was left out, since Git can't know it, and in how many objects of the rebuilt cluster there was such a thing. */
    leftOut: z.array(
      z.strictObject({ what: z.string(), reason: z.string(), objects: z.int().nonnegative() }),
    ),
  }),
  /** What the engine's own objects say of the past, before the loss and after it, where the two differ. */
  z.strictObject({
    ...at,
    type: z.literal('engine-memory'),
    changes: z.array(
      z.strictObject({
        /** The path, without the positions in lists. */
        path: z.string(),
        /** How many of the engine's objects differ there. */
        objects: z.int().positive(),
        /** Of the first of these objects, in a few words. */
        before: z.string(),
        after: z.string(),
      }),
    ),
  }),
] as const;
