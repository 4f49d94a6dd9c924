import { mkdir, readlink, rename, rm, symlink } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { codeOf, explainWriteFailure } from './write-failure.ts';

/** A start time as a directory's name: `2026-11-21T06-30-00Z`. */
function directoryName(startedAt: Date): string {
  return `${startedAt.toISOString().slice(0, 19).replaceAll(':', '-')}Z`;
}

/** Makes a directory of its own for a run below `parent`; a second run of the same second gets a suffix. */
export async function makeRunDirectory(parent: string, startedAt: Date): Promise<string> {
  const name = directoryName(startedAt);
  try {
    await mkdir(parent, { recursive: true });
    for (let attempt = 1; ; attempt += 1) {
      const directory = join(parent, attempt === 1 ? name : `${name}-${attempt}`);
      if (await makeNew(directory)) return directory;
    }
  } catch (error) {
    throw explainWriteFailure(error, parent);
  }
}

async function makeNew(directory: string): Promise<boolean> {
  try {
    await mkdir(directory);
    return true;
  } catch (error) {
    if (codeOf(error) === 'EEXIST') return false;
    throw error;
  }
}

/** Points `latest`, beside the run's directory, at it, unless it does so already or points at a newer run. */
export async function pointLatestAt(directory: string): Promise<void> {
  const link = join(dirname(directory), 'latest');
  const name = basename(directory);
  const current = await readlink(link).catch(() => '');
  if (current >= name) return;
  const part = `${link}.${name}.part`;
  try {
    await symlink(name, part, 'dir');
    await rename(part, link);
  } catch (error) {
    await rm(part, { force: true }).catch(() => undefined);
    throw explainWriteFailure(error, link);
  }
}
