import { rm, stat } from 'node:fs/promises';
import { execa } from 'execa';
import { ExplainedError, messageOf } from '../../common/explained-error.ts';
import { ownCommand } from '../../common/own-command.ts';

/** Throws an explained error unless only the owner can read a private key: SSH takes no other. */
export async function demandPrivateKey(file: string): Promise<void> {
  const found = await stat(file).catch((error: unknown) => {
    throw new ExplainedError({
      what: `the SSH key ${file} can't be read`,
      why: messageOf(error),
      next: `end the lab and start it again, which makes a new key: ${ownCommand('lab', 'down')}`,
      cause: error,
    });
  });
  const mode = found.mode & 0o777;
  if ((mode & 0o077) === 0) return;
  throw new ExplainedError({
    what: `the SSH key ${file} can be read by others`,
    why: `its mode is ${mode.toString(8).padStart(4, '0')}, and SSH takes no key that is not its owner's alone`,
    next: `chmod 600 '${file}'`,
  });
}

/** Makes a key pair for one lab, FILE and FILE.pub. Throws an explained error where it can't be made. */
export async function makeKey(file: string, comment: string): Promise<void> {
  for (const old of [file, `${file}.pub`]) await rm(old, { force: true });
  const args = ['-q', '-t', 'ed25519', '-N', '', '-C', comment, '-f', file];
  const { exitCode, stderr, shortMessage } = await execa('ssh-keygen', args, {
    reject: false,
    stdin: 'ignore',
  });
  if (exitCode !== 0) {
    throw new ExplainedError({
      what: 'no SSH key could be made for the lab',
      why: stderr.trim() || (shortMessage ?? 'ssh-keygen said nothing'),
      next: 'install OpenSSH (Debian: apt install openssh-client)',
    });
  }
  await demandPrivateKey(file);
}
