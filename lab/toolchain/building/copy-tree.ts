import { chmod, copyFile, mkdir, readdir } from 'node:fs/promises';
import path from 'node:path';

/** Copies a directory of Go's module cache, where all is read-only, so that the copy can be written. */
export async function copyTree(from: string, to: string): Promise<void> {
  await mkdir(to, { recursive: true });
  for (const entry of await readdir(from, { withFileTypes: true })) {
    const [source, target] = [path.join(from, entry.name), path.join(to, entry.name)];
    if (entry.isDirectory()) {
      await copyTree(source, target);
    } else {
      await copyFile(source, target);
      await chmod(target, 0o644);
    }
  }
}
