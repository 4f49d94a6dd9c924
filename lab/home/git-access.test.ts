import test from 'ava';
import { statSync } from 'node:fs';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { gitCredentialsFile, openGitAccess, saveGitAccess } from './git-access.ts';

test('a saved access is taken again, and another lab gets another password', async (t) => {
  const gitDirectory = await mkdtemp(path.join(tmpdir(), 'git access '));
  try {
    const first = await openGitAccess({ gitDirectory });
    t.is(first.port, undefined);
    await saveGitAccess({ gitDirectory }, { ...first, port: 40123 });
    const { username, password } = first;
    const credentials = await readFile(gitCredentialsFile({ gitDirectory }), 'utf8');
    t.is(credentials, `http://${username}:${password}@127.0.0.1:40123\n`);
    // As Git writes it after a clone.
    await writeFile(gitCredentialsFile({ gitDirectory }), credentials.replace(':40123', '%3a40123'));
    t.deepEqual(await openGitAccess({ gitDirectory }), { ...first, port: 40123 });
    t.is(statSync(gitCredentialsFile({ gitDirectory })).mode & 0o777, 0o600);
    const other = await openGitAccess({ gitDirectory: path.join(gitDirectory, 'other') });
    t.not(other.password, first.password);
  } finally {
    await rm(gitDirectory, { recursive: true });
  }
});
