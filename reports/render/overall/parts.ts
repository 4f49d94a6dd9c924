import { join } from 'node:path';
import { explain } from '../../../common/explained-error.ts';
import type { Overall, Part } from '../../record/overall.ts';
import { readResults } from '../../record/reader.ts';
import type { Results } from '../../record/schema.ts';
import { analyse, type Analysis } from '../analysis.ts';

/** A part of an overall run with what its own run has come to. */
export interface ReadPart {
  readonly part: Part;
  /** Null where it has no run, or one that can't be read. */
  readonly measured: { readonly results: Results; readonly analysis: Analysis } | null;
  /** Why a run that it names can't be read; empty where it can. */
  readonly notice: string;
}

/** A part whose run could be read. */
export type MeasuredPart = ReadPart & { readonly measured: NonNullable<ReadPart['measured']> };

/** Reads the runs of all parts of the overall run in `directory`; `complete` adds what those of an earlier version do not say. A run that is gone is told of, and the others are read. */
export async function readParts(
  directory: string,
  { parts }: Overall,
  complete: (results: Results) => Results = (results) => results,
): Promise<ReadPart[]> {
  return Promise.all(parts.map(async (part) => readPart(directory, part, complete)));
}

async function readPart(
  directory: string,
  part: Part,
  complete: (results: Results) => Results,
): Promise<ReadPart> {
  if (part.run === null) return { part, measured: null, notice: '' };
  try {
    const results = complete(await readResults(join(directory, part.run, 'results.json')));
    return { part, measured: { results, analysis: analyse(results) }, notice: '' };
  } catch (error) {
    // Without the path of this machine, so that a report that moves with its runs stays the same.
    const why = explain(error).split('\n')[0]?.replaceAll(directory, '.') ?? '';
    return { part, measured: null, notice: `The run of ${part.scenario} can't be read: ${why}` };
  }
}
