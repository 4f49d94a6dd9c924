import { lstat, mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { unzipSync } from 'fflate';
import { extract } from 'tar';

async function unpackTar(archive: string, member: string, target: string, scratch: string): Promise<boolean> {
  const directory = path.join(scratch, `${path.basename(archive)}.unpacked`);
  await mkdir(directory, { recursive: true });
  await extract({ file: archive, cwd: directory, filter: (name) => path.posix.normalize(name) === member });
  const unpacked = path.join(directory, member);
  if ((await lstat(unpacked).catch(() => undefined))?.isFile() !== true) return false;
  await rename(unpacked, target);
  return true;
}

async function unpackZip(archive: string, member: string, target: string): Promise<boolean> {
  const content = unzipSync(await readFile(archive), { filter: ({ name }) => name === member })[member];
  if (content === undefined) return false;
  await writeFile(target, content);
  return true;
}

/**
 * Takes one file out of an archive (tar with or without gzip, or zip) and nothing else. Returns whether it was there.
 */
export async function unpackMember(
  archive: string,
  format: 'tar.gz' | 'zip',
  member: string,
  target: string,
  scratch: string,
): Promise<boolean> {
  if (format === 'zip') return await unpackZip(archive, member, target);
  return await unpackTar(archive, member, target, scratch);
}
