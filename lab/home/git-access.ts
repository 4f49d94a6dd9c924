import { randomBytes } from 'node:crypto';
import { readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import * as z from 'zod';
import type { LabHome } from './lab-home.ts';

const GitAccess = z.object({
  username: z.string(),
  password: z.string(),
  host: z.string().default('127.0.0.1'),
  /** Left out where no server has listened yet. */
  port: z.int().positive().optional(),
});

/** What lets a client into a lab's Git server. */
export type GitAccess = z.infer<typeof GitAccess>;

type Place = Pick<LabHome, 'gitDirectory'>;

/** For users: it holds the access as Git's own credential store does (https://git-scm.com/docs/git-credential-store#_storage_format). */
export function gitCredentialsFile({ gitDirectory }: Place): string {
  return path.join(gitDirectory, 'credentials');
}

/** For the lab itself: Git rewrites the users' file, with an encoded port. */
function accessFile({ gitDirectory }: Place): string {
  return path.join(gitDirectory, 'access.json');
}

/** The access of a lab's Git server: as it was before, so that clones go on to work, or with a new random password. */
export async function openGitAccess(home: Place): Promise<GitAccess> {
  try {
    return GitAccess.parse(JSON.parse(await readFile(accessFile(home), 'utf8')));
  } catch {
    return { host: '127.0.0.1', username: 'lab', password: randomBytes(24).toString('base64url') };
  }
}

/** Writes the access down, readable by this user alone. */
export async function saveGitAccess(home: Place, access: Required<GitAccess>): Promise<void> {
  const { username, password, host, port } = access;
  const line = `http://${username}:${password}@${host}:${port}\n`;
  await writeFile(gitCredentialsFile(home), line, { mode: 0o600 });
  await writeFile(accessFile(home), `${JSON.stringify(access)}\n`, { mode: 0o600 });
}
