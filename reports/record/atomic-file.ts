import { open, rename, rm } from 'node:fs/promises';
import { explainWriteFailure } from './write-failure.ts';

/**
 * Replaces the file at `path` in one step: a reader, or a crash, meets the old content or the new, never half of it.
 * Throws an explained error where it can't be written; the old file is kept then.
 */
export async function writeAtomically(path: string, content: string | Uint8Array): Promise<void> {
  const part = `${path}.part`;
  try {
    await writeThrough(part, content);
    await rename(part, path);
  } catch (error) {
    await rm(part, { force: true }).catch(() => undefined);
    throw explainWriteFailure(error, path);
  }
}

async function writeThrough(path: string, content: string | Uint8Array): Promise<void> {
  const file = await open(path, 'w');
  try {
    await file.writeFile(content);
    await file.sync();
  } finally {
    await file.close();
  }
}
