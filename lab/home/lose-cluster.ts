import { readdir, rm } from 'node:fs/promises';
import path from 'node:path';
import type { LabHome } from './lab-home.ts';

/** What outlives a lost cluster: the repositories, and what the lab is asked to be. */
const kept = new Set(['git', 'logs', 'lab.json', 'request.json']);

/**
 * Removes all that a stopped cluster knew: etcd's data, certificates, kubeconfigs, what engines kept on disk. Files of `left`
 * belong to what outlived it.
 */
export async function loseCluster(
  { directory }: Pick<LabHome, 'directory'>,
  left: readonly string[] = [],
): Promise<void> {
  const lost = (await readdir(directory)).filter((name) => !kept.has(name) && !left.includes(name));
  await Promise.all(lost.map(async (name) => rm(path.join(directory, name), { recursive: true })));
}
