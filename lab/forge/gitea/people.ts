import { randomBytes } from 'node:crypto';
import { readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import * as z from 'zod';
import { ExplainedError } from '../../../common/explained-error.ts';
import { giteaApi, type GiteaApi } from './api.ts';
import type { GiteaServer } from './server.ts';

/**
 * Who has an account: `platform` owns the repository and sets its rules, `author` proposes changes, `reviewer` approves them,
 * and `engine` is what the GitOps engine reads Git as.
 */
const roles = ['platform', 'author', 'reviewer', 'engine'] as const;
type Role = (typeof roles)[number];

const Account = z.object({ username: z.string(), password: z.string() });
const Accounts = z.record(z.enum(roles), Account);

/** The accounts of the lab; the passwords are tokens. */
export type Accounts = z.infer<typeof Accounts>;

/** The API in the name of each. */
export type People = Readonly<Record<Role, GiteaApi>>;

/** What a token may be used for (https://docs.gitea.com/development/oauth2-provider#scopes). */
const scopes: Readonly<Record<Role, readonly string[]>> = {
  platform: ['write:admin', 'write:repository', 'write:user', 'write:package'],
  author: ['write:repository', 'read:user'],
  reviewer: ['write:repository', 'read:user'],
  engine: ['write:repository'],
};

const email = (role: Role): string => `${role}@lab.invalid`;

/** The password goes by the program's output, so that no list of processes shows it. */
async function createAdministrator({ command }: GiteaServer): Promise<string> {
  const user = ['--username', 'platform', '--email', email('platform')];
  const output = await command(['admin', 'user', 'create', '--admin', '--random-password', ...user]);
  const password = /generated random password is '(.+)'/.exec(output)?.[1];
  if (password !== undefined) return password;
  throw new ExplainedError({
    what: 'gitea admin user create named no password',
    why: 'its words are other ones',
  });
}

/** Asks with a token from then on: a password costs Gitea 50,000 rounds of hashing for each request, a token only the first time. */
async function createToken(
  server: GiteaServer,
  role: Role,
  password: string,
  signal: AbortSignal,
): Promise<string> {
  const api = giteaApi(server.url, { username: role, password }, signal);
  const token = { name: 'gitops-lab', scopes: scopes[role] };
  const { sha1 } = await api.ask('POST', `/users/${role}/tokens`, z.object({ sha1: z.string() }), token);
  return sha1;
}

async function createAccounts(server: GiteaServer, signal: AbortSignal): Promise<Accounts> {
  const password = await createAdministrator(server);
  const administrator = giteaApi(server.url, { username: 'platform', password }, signal);
  const createOther = async (role: Role): Promise<string> => {
    const own = randomBytes(24).toString('base64url');
    const user = { username: role, email: email(role), password: own, must_change_password: false };
    await administrator.tell('POST', '/admin/users', user);
    return createToken(server, role, own, signal);
  };
  const account = (username: Role, token: string) => ({ username, password: token });
  return {
    platform: account('platform', await createToken(server, 'platform', password, signal)),
    author: account('author', await createOther('author')),
    reviewer: account('reviewer', await createOther('reviewer')),
    engine: account('engine', await createOther('engine')),
  };
}

/** The accounts that the directory keeps, or new ones; readable by this user alone. */
export async function openAccounts(
  server: GiteaServer,
  directory: string,
  signal: AbortSignal,
): Promise<Accounts> {
  const file = path.join(directory, 'accounts.json');
  const kept = await readFile(file, 'utf8').catch(() => undefined);
  if (kept !== undefined) return Accounts.parse(JSON.parse(kept));
  const accounts = await createAccounts(server, signal);
  await writeFile(file, `${JSON.stringify(accounts)}\n`, { mode: 0o600 });
  return accounts;
}

/** The API in the name of each account. */
export function peopleOf({ url }: GiteaServer, accounts: Accounts, signal: AbortSignal): People {
  return {
    platform: giteaApi(url, accounts.platform, signal),
    author: giteaApi(url, accounts.author, signal),
    reviewer: giteaApi(url, accounts.reviewer, signal),
    engine: giteaApi(url, accounts.engine, signal),
  };
}
