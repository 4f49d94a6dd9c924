import { randomBytes } from 'node:crypto';
import { readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { LabHome } from './lab-home.ts';

/** What lets a client into a lab's Git server. */
export interface GitAccess {
  readonly username: string;
  readonly password: string;
  /** Undefined where no server has listened yet. */
  readonly port: number | undefined;
}

type Place = Pick<LabHome, 'gitDirectory'>;

/** Holds the access as Git's own credential store does (https://git-scm.com/docs/git-credential-store#_storage_format). */
export function gitAccessFile({ gitDirectory }: Place): string {
  return path.join(gitDirectory, 'credentials');
}

/** The access of a lab's Git server: as it was before, so that clones go on to work, or with a new random password. */
export async function openGitAccess(home: Place): Promise<GitAccess> {
  const saved = await readFile(gitAccessFile(home), 'utf8').catch(() => '');
  if (!URL.canParse(saved.trim()))
    return { username: 'lab', password: randomBytes(24).toString('base64url'), port: undefined };
  const { username, password, port } = new URL(saved.trim());
  return { username, password, port: Number(port) };
}

/** Writes the access down, readable by this user alone. */
export async function saveGitAccess(
  home: Place,
  { username, password, port }: GitAccess & { readonly port: number },
): Promise<void> {
  const line = `http://${username}:${password}@127.0.0.1:${port}\n`;
  await writeFile(gitAccessFile(home), line, { mode: 0o600 });
}
