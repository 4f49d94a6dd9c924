import * as z from 'zod';

/** What the reference reconciler is told on its command line, as JSON. */
export const ReferenceOptions = z.strictObject({
  kubeconfigFile: z.string(),
  truthFile: z.string(),
  seed: z.int().nonnegative(),
  delayMinMs: z.number().nonnegative(),
  delayMaxMs: z.number().nonnegative(),
});
export type ReferenceOptions = z.infer<typeof ReferenceOptions>;

/** What the process that changes objects in the background is told on its command line, as JSON. */
export const ChangesOptions = z.strictObject({
  kubeconfigFile: z.string(),
  /** How many background objects there are. */
  objects: z.int().nonnegative(),
  /** How often each of them is changed. */
  everyMs: z.number().positive(),
});
export type ChangesOptions = z.infer<typeof ChangesOptions>;
