import { lstat, readdir, realpath, stat } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { ExplainedError, messageOf, wrongUsage } from '../../common/explained-error.ts';
import { codeOf } from './write-failure.ts';

/** The record of a run, and that of an overall run. */
const recordNames = ['results.json', 'overall.json'];

const example = 'give the directory of a run, such as reports/runs/drift-recovery/latest';

/**
 * The real directory of the run that `path` names: its directory, its results.json or overall.json, a link such as `latest`, or the bare
 * word `latest` for the newest run below `root`. Throws an explained error where there is no run.
 */
export async function findRun(path: string, root: string): Promise<string> {
  const named = path === 'latest' ? await newestRun(root) : path;
  const kind = await kindOf(named);
  if (kind === 'file') {
    if (!recordNames.includes(basename(named))) throw wrongUsage(`"${named}" is a file, not a run`, example);
    return realpath(dirname(named));
  }
  await demandResults(named);
  return realpath(named);
}

async function kindOf(path: string): Promise<'file' | 'directory'> {
  try {
    return (await stat(path)).isDirectory() ? 'directory' : 'file';
  } catch (error) {
    if (codeOf(error) !== 'ENOENT' && codeOf(error) !== 'ENOTDIR') throw unreadable(path, error);
    const isDangling = await exists(path);
    throw wrongUsage(
      isDangling ? `"${path}" points at a run that is gone` : `there is no run at "${path}"`,
      example,
    );
  }
}

async function demandResults(directory: string): Promise<void> {
  const names = await readdir(directory).catch((error: unknown) => {
    throw unreadable(directory, error);
  });
  if (recordNames.some((name) => names.includes(name))) return;
  if (names.includes('latest')) {
    throw wrongUsage(
      `"${directory}" holds runs, but is none`,
      `did you mean "${join(directory, 'latest')}"?`,
    );
  }
  if (names.includes('history.jsonl')) {
    throw new ExplainedError({
      what: `the run at "${directory}" has no results`,
      why: 'it ended before its first iteration was saved',
      next: 'run the scenario again; the history and the logs show how far it came',
    });
  }
  throw wrongUsage(`"${directory}" is not a run of gitops-lab: it has no results.json`, example);
}

async function newestRun(root: string): Promise<string> {
  const scenarios = await readdir(root).catch(() => []);
  const links = scenarios.map((scenario) => join(root, scenario, 'latest'));
  const runs = await Promise.all(links.map(async (link) => realpath(link).catch(() => undefined)));
  const newest = runs
    .filter((run) => run !== undefined)
    .toSorted((left, right) => basename(left).localeCompare(basename(right), 'en'))
    .at(-1);
  if (newest === undefined) throw wrongUsage(`there is no latest run below "${root}"`, example);
  return newest;
}

async function exists(path: string): Promise<boolean> {
  return lstat(path).then(
    () => true,
    () => false,
  );
}

/** Explains why `path`, which is there, can't be read. */
export function unreadable(path: string, error: unknown): ExplainedError {
  const isForbidden = codeOf(error) === 'EACCES' || codeOf(error) === 'EPERM';
  return new ExplainedError({
    what: `can't read "${path}"`,
    why: isForbidden ? 'this user may not read it' : messageOf(error),
    next: isForbidden
      ? 'run as the user who made it, or change its permissions'
      : 'check the path and the disk',
    cause: error,
  });
}
