import * as z from 'zod';

/** Two disturbances that the scenario's question sets against each other within each engine. */
export const Contrast = z.strictObject({
  /** The disturbance that the answer speaks of. */
  of: z.string().min(1),
  /** The one that it is held against. */
  against: z.string().min(1),
  /** How the answer begins: `With a webhook`. */
  when: z.string().min(1),
  /** What an engine has done when its time to restore ends, as it follows its name: `had the commit`. */
  did: z.string().min(1),
});
export type Contrast = Readonly<z.infer<typeof Contrast>>;
