import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import * as z from 'zod';
import { ExplainedError, messageOf } from '../../common/explained-error.ts';
import { writeAtomically } from './atomic-file.ts';
import { unreadable } from './find-run.ts';

/** Raised with every change that an older reader of overall.json can't take. */
export const overallSchemaVersion = 1;

const fileName = 'overall.json';

const Part = z.strictObject({
  scenario: z.string().min(1),
  status: z.enum(['complete', 'failed', 'interrupted', 'not-begun']),
  /** Why the status is not `complete`; empty where it is. */
  reason: z.string(),
  /** The part's own run, as a path from the overall run with forward slashes; null where none was recorded. */
  run: z.string().min(1).nullable(),
});
export type Part = z.infer<typeof Part>;

/** Several scenarios that were run one after the other; each has a run of its own, and this one names them. */
const Overall = z.strictObject({
  schemaVersion: z.literal(overallSchemaVersion),
  /** `complete`: every part is; `failed`: a part has failed; `interrupted`: stopped by the user, or not ended yet. */
  status: z.enum(['complete', 'failed', 'interrupted']),
  startedAt: z.iso.datetime(),
  finishedAt: z.iso.datetime(),
  totalMs: z.number().nonnegative(),
  seed: z.int().nonnegative(),
  commandLine: z.array(z.string()),
  parts: z.array(Part).min(1),
});
export type Overall = z.infer<typeof Overall>;

/** Whether the run in `directory` is an overall one. */
export async function isOverall(directory: string): Promise<boolean> {
  return (await readdir(directory)).includes(fileName);
}

/** Replaces the record of the overall run in `directory`. Throws an explained error where it can't be written. */
export async function saveOverall(directory: string, overall: Overall): Promise<void> {
  await writeAtomically(join(directory, fileName), `${JSON.stringify(overall, null, 2)}\n`);
}

/** Reads the record of the overall run in `directory`. Throws an explained error where it can't be read or is damaged. */
export async function readOverall(directory: string): Promise<Overall> {
  const path = join(directory, fileName);
  const text = await readFile(path, 'utf8').catch((error: unknown) => {
    throw unreadable(path, error);
  });
  try {
    return Overall.parse(JSON.parse(text));
  } catch (error) {
    throw new ExplainedError({
      what: `"${path}" is not as version ${overallSchemaVersion} of an overall run demands`,
      why: error instanceof z.ZodError ? z.prettifyError(error) : messageOf(error),
      next: 'restore the file as the run wrote it, or render it with the release that wrote it',
      cause: error,
    });
  }
}
