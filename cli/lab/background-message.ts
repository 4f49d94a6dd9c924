import * as z from 'zod';
import { ServedLab } from './lab-request.ts';

/** What the process that serves a lab tells the one that started it. */
export const BackgroundMessage = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('step'), text: z.string() }),
  z.strictObject({ type: z.literal('ready'), served: ServedLab }),
  z.strictObject({
    type: z.literal('failed'),
    what: z.string(),
    why: z.string().optional(),
    next: z.string().optional(),
  }),
]);
export type BackgroundMessage = z.infer<typeof BackgroundMessage>;
