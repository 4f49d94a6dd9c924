import { statfs } from 'node:fs/promises';
import path from 'node:path';

/** What Go builds of all tools leave in the module and build caches, measured with empty ones. */
export const goBuildsNeedBytes = 6e9;

/** Bytes that are free where a directory is or will be; undefined where the system does not say. */
export async function freeBytesAt(directory: string): Promise<number | undefined> {
  try {
    const { bavail, bsize } = await statfs(directory);
    return bavail * bsize;
  } catch {
    const parent = path.dirname(directory);
    return parent === directory ? undefined : await freeBytesAt(parent);
  }
}
