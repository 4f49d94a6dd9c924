import { constants } from 'node:fs';
import { cp, readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { NamedRun } from '../record/named-run.ts';
import { engineNames } from '../record/schema.ts';
import { createRun } from '../record/writer.ts';
import { trialTitle } from '../record/trial-title.ts';
import { explainWriteFailure } from '../record/write-failure.ts';
import { demandOneRun } from './demand-one-run.ts';
import { mergedResults } from './merged-results.ts';
import { placedHistory, placeShards, type PlacedShard } from './place.ts';

interface Merging {
  /** Below it the run gets SCENARIO/START-TIME, as all runs do. */
  readonly root: string;
  readonly commandLine: readonly string[];
  /** What the folder is named after. */
  readonly now: Date;
}

/**
 * Joins shards into one run, with the history and the logs of all, and answers its directory; the shards stay as they are. Throws
 * an explained error where they are none of one run, or where it can't be written.
 */
export async function mergeRuns(
  inputs: readonly NamedRun[],
  { root, commandLine, now }: Merging,
): Promise<string> {
  demandOneRun(inputs);
  const [first, ...others] = placeShards(inputs);
  if (first === undefined) throw new Error('there is nothing to merge');
  const placed = [first, ...others] as const;
  const results = mergedResults(placed, commandLine);
  const merged = await createRun({ root, scenario: results.scenario.name, startedAt: now });
  try {
    for (const shard of placed) placedHistory(shard).forEach(merged.observe);
    for (const shard of placed) await copyLogs(shard, merged.logsDirectory);
    await merged.finish(results);
  } catch (error) {
    // Half a run would look like one that was interrupted.
    await rm(merged.directory, { recursive: true, force: true }).catch(() => undefined);
    throw error;
  }
  return merged.directory;
}

async function copyLogs({ directory, engines }: PlacedShard, to: string): Promise<void> {
  const from = join(directory, 'logs');
  const names: readonly string[] = await readdir(from).catch(() => []);
  const trials = engineNames.flatMap((engine) => {
    const own = engines.find((one) => one.engine === engine);
    return Array.from({ length: own?.trials ?? 0 }, (_, index) => ({
      before: trialTitle({ engine, trial: index + 1 }),
      after: trialTitle({ engine, trial: index + 1 + (own?.trialsBefore ?? 0) }),
    }));
  });
  for (const { before, after } of trials.filter((trial) => names.includes(trial.before))) {
    const target = join(to, after);
    await cp(join(from, before), target, { recursive: true, mode: constants.COPYFILE_FICLONE }).catch(
      (error: unknown) => {
        throw explainWriteFailure(error, target);
      },
    );
  }
}
