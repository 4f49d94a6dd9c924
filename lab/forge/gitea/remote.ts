import { ExplainedError } from '../../../common/explained-error.ts';
import type { Credentials } from '../basic-authentication.ts';
import { git, tryGit } from '../git.ts';
import { gitAuthorization } from '../git-authorization.ts';

/** A clone of the lab's own and the repository of the forge that it stands for. */
export interface Remote {
  /** The clone, a bare repository. */
  readonly directory: string;
  /** The forge's, without credentials. */
  readonly url: string;
  readonly signal: AbortSignal;
}

/** What Gitea's hook says to a push that the rules of a branch forbid (routers/private/hook_pre_receive.go). */
const protectedBranch = /Not allowed to push to protected branch[^\n]*/;

/** Whether the forge has a branch main yet. */
export async function hasMain({ directory, url, signal }: Remote, as: Credentials): Promise<boolean> {
  const heads = await git(['ls-remote', url, 'refs/heads/main'], {
    directory,
    signal,
    environment: gitAuthorization(as),
  });
  return heads !== '';
}

/** Takes the forge's main over, whatever the clone had. */
export async function fetchMain({ directory, url, signal }: Remote, as: Credentials): Promise<void> {
  const refs = '+refs/heads/main:refs/heads/main';
  await git(['fetch', '--quiet', '--no-tags', url, refs], {
    directory,
    signal,
    environment: gitAuthorization(as),
  });
}

/** Pushes a commit of the clone to a branch of the forge. Throws an explained error where it is not taken. */
export async function push(remote: Remote, as: Credentials, commit: string, branch: string): Promise<void> {
  const { exitCode, complaint } = await tryPush(remote, as, commit, branch);
  if (exitCode === 0) return;
  throw new ExplainedError({ what: `the push of ${as.username} to ${branch} failed`, why: complaint });
}

async function tryPush({ directory, url, signal }: Remote, as: Credentials, commit: string, branch: string) {
  const refs = `${commit}:refs/heads/${branch}`;
  return tryGit(['push', '--quiet', url, refs], { directory, signal, environment: gitAuthorization(as) });
}

/** Pushes to main what the rules of main forbid; Gitea's words. Throws an explained error where it is taken, or fails otherwise. */
export async function demandNoPush(remote: Remote, as: Credentials, commit: string): Promise<string> {
  const { exitCode, complaint } = await tryPush(remote, as, commit, 'main');
  const words = protectedBranch.exec(complaint)?.[0];
  if (exitCode !== 0 && words !== undefined) return words.trim();
  throw new ExplainedError({
    what: exitCode === 0 ? 'a push to main was taken though nobody had reviewed it' : 'a push to main failed',
    why: exitCode === 0 ? 'main is not protected as it should be' : complaint,
  });
}
