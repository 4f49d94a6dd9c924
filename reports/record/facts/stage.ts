import * as z from 'zod';
import { Milliseconds, PhaseKind } from '../schema.ts';
import { at } from './place.ts';

/** What a presentation adds to a run: it stands still before each disturbance, and shows how things are. */
export const stageFacts = [
  /** The audience was told what is to come, and whoever presents had it go on at this moment. */
  z.strictObject({
    ...at,
    type: z.literal('announced'),
    disturbance: z.string(),
    /** What a person would type to do the same. */
    command: z.string(),
    /** How long the run stood still. */
    waitedMs: Milliseconds,
  }),
  /** The API server was asked for an object, for the audience to see. */
  z.strictObject({
    ...at,
    type: z.literal('shown'),
    /** The command that asks for the same. */
    command: z.string(),
    /** The table that the API server answered with, or its refusal, as kubectl prints them; a line each. */
    answer: z.array(z.string()),
  }),
  /** Whoever presents had the disturbance left out: this iteration of it was planned, and nothing was disturbed. */
  z.strictObject({
    ...at,
    type: z.literal('left-out'),
    disturbance: z.string(),
    kind: z.enum(['warmup', 'measured']),
    phase: PhaseKind,
    repeat: z.int().nonnegative(),
  }),
] as const;
