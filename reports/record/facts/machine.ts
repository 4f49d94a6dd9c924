import * as z from 'zod';
import { Milliseconds } from '../schema.ts';
import { at } from './place.ts';

/** How the machine and the programs of the lab were. */
export const machineFacts = [
  /** A component ended that should have gone on. */
  z.strictObject({ ...at, type: z.literal('component-exit'), component: z.string() }),
  /** How the machine was: whether it was too busy to measure on, or asleep. */
  z.strictObject({
    ...at,
    type: z.literal('machine'),
    /** In milliseconds since 1970; it advances as the run's clock does unless the machine slept or its clock was set. */
    wallTimeMs: z.number(),
    /** Of the last minute. */
    loadAverage: z.number().nonnegative(),
    cores: z.int().positive(),
    /** Since the last such fact; null where the system doesn't tell. */
    stealShare: z.number().min(0).max(1).nullable(),
    /** The longest that the harness was kept from reading an event since the last such fact. */
    heldUpMs: Milliseconds,
  }),
  /** What a component had used so far, and held then. */
  z.strictObject({
    ...at,
    type: z.literal('usage'),
    component: z.string(),
    cpuSeconds: z.number().nonnegative(),
    memoryBytes: z.number().nonnegative(),
  }),
] as const;
