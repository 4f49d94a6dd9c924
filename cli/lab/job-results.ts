import { readdir } from 'node:fs/promises';
import path from 'node:path';
import { ownCommand } from '../../common/own-command.ts';
import { demandAnswer, demandValidCertificate } from '../../lab/existing/connection.ts';
import { findContext } from '../../lab/existing/contexts.ts';
import { fetchRuns, type FetchedRuns } from '../../lab/existing/job/runs-of-job.ts';
import { openCluster } from '../../lab/kube/kube-access.ts';
import { resolveUserPath, shortPath, type Surroundings } from '../surroundings.ts';

interface JobResultsFlags {
  readonly context: string;
  readonly out: string;
}

function stateOf({ planned, succeeded, failed, isRunning }: FetchedRuns): string {
  const ended = `${succeeded} of ${planned} parts have ended well`;
  if (failed > 0) return `${ended}, ${failed} failed`;
  return isRunning ? `${ended}, and the Job still runs` : ended;
}

/** The newest run of each part, as commands of `report` take it. */
async function newestRuns(directory: string, parts: readonly string[]): Promise<string[]> {
  const all = parts.map(async (part) =>
    (await readdir(path.join(directory, part))).map((scenario) =>
      path.join(directory, part, scenario, 'latest'),
    ),
  );
  return (await Promise.all(all)).flat();
}

/** Copies the runs of a Job out of its cluster, and says how they are joined. Throws an explained error. */
export async function bringJobResults(
  { context: name, out }: JobResultsFlags,
  surroundings: Surroundings,
): Promise<void> {
  const { environment, interruption, stdout } = surroundings;
  const context = findContext(name, environment);
  demandValidCertificate(context, new Date());
  const access = openCluster(context.config.exportConfig());
  try {
    await demandAnswer(context, access);
    const directory = resolveUserPath(out, surroundings);
    const fetched = await fetchRuns(access, directory, interruption.signal);
    const runs = (await newestRuns(directory, fetched.parts)).map(
      (run) => `"${shortPath(run, surroundings)}"`,
    );
    const merge = runs.length > 1 ? [`join them: ${ownCommand('report', 'merge', ...runs)}`] : [];
    stdout.write(`${[`${stateOf(fetched)}; copied ${runs.join(' ')}`, ...merge].join('\n')}\n`);
  } finally {
    access.close();
  }
}
