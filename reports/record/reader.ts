import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import * as z from 'zod';
import { ExplainedError, messageOf } from '../../common/explained-error.ts';
import { findRun, unreadable } from './find-run.ts';
import { readHistory } from './history.ts';
import type { Observation } from './observation.ts';
import { Results, schemaVersion } from './schema.ts';

/** A run as it was read back. */
export interface RecordedRun {
  readonly directory: string;
  readonly results: Results;
  readonly history: readonly Observation[];
  /** What was missing or set aside while reading, as sentences. */
  readonly notices: readonly string[];
}

/**
 * Reads a run. `path` is its directory, its results.json, a link to it, or the bare word `latest` for the newest run below
 * `root`. Throws an explained error where it is no run of ours, can't be read, is damaged, or has another schema version.
 */
export async function readRun(path: string, root = 'reports/runs'): Promise<RecordedRun> {
  const directory = await findRun(path, root);
  const results = await readResults(join(directory, 'results.json'));
  return { directory, results, ...(await readHistory(join(directory, 'history.jsonl'))) };
}

/** The results in the file at `path`. Throws an explained error where it is damaged or of another schema version. */
export async function readResults(path: string): Promise<Results> {
  const text = await readFile(path, 'utf8').catch((error: unknown) => {
    throw unreadable(path, error);
  });
  const value = upgraded(parseJson(text, path));
  demandSchemaVersion(value, path);
  const parsed = Results.safeParse(value);
  if (parsed.success) return parsed.data;
  throw new ExplainedError({
    what: `"${path}" is not as its schema version ${schemaVersion} demands`,
    why: z.prettifyError(parsed.error),
    next: 'restore the file as the run wrote it; docs/results.schema.json says what it holds',
  });
}

function parseJson(text: string, path: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new ExplainedError({
      what: `"${path}" is not JSON`,
      why: messageOf(error),
      next: 'restore the file as the run wrote it',
    });
  }
}

/** Versions 3 to 5 only add to the one before: what is not there has a value of its own. */
function upgraded(value: unknown): unknown {
  const isOlder = z.looseObject({ schemaVersion: z.literal([2, 3, 4]) }).safeParse(value);
  return isOlder.success ? { ...isOlder.data, schemaVersion } : value;
}

const Versioned = z.object({
  schemaVersion: z.int(),
  provenance: z.object({ version: z.string() }).optional().catch(undefined),
});

function demandSchemaVersion(value: unknown, path: string): void {
  const versioned = Versioned.safeParse(value);
  if (!versioned.success) {
    throw new ExplainedError({
      what: `"${path}" is not the results of a gitops-lab run`,
      why: 'it has no schemaVersion',
      next: 'give the directory of a run, such as reports/runs/drift-recovery/latest',
    });
  }
  if (versioned.data.schemaVersion === schemaVersion) return;
  const writer = versioned.data.provenance?.version;
  const release = writer === undefined ? 'the release of gitops-lab' : `gitops-lab ${writer}, the release`;
  throw new ExplainedError({
    what: `"${path}" has schema version ${versioned.data.schemaVersion}, and this program reads version ${schemaVersion}`,
    next: `render it with ${release} that wrote it`,
  });
}
