import { committer } from './git.ts';

interface CommitPlan {
  /** In full: `refs/heads/main`. */
  readonly ref: string;
  /** False for the first commit of a branch. */
  readonly hasParent: boolean;
  readonly message: string;
  /** Seconds since 1970. */
  readonly seconds: number;
  /** Contents by path; null deletes a file, or a directory with all that is in it. */
  readonly files: Readonly<Record<string, string | null>>;
}

function data(content: string): string {
  return `data ${Buffer.byteLength(content)}\n${content}\n`;
}

function quotePath(path: string): string {
  const hasBadPart = path.split('/').some((part) => ['', '.', '..', '.git'].includes(part.toLowerCase()));
  const hasControlCharacter = Buffer.from(path).some((byte) => byte < 0x20);
  if (hasBadPart || hasControlCharacter) throw new Error(`no path for a repository: ${JSON.stringify(path)}`);
  return `"${path.replaceAll(/["\\]/g, '\\$&')}"`;
}

/**
 * One commit as `git fast-import` reads it (git-fast-import(1)); it prints the new hash.
 * The closing `done` keeps a stream that was cut short from becoming a commit. Throws where a path leads out of the repository.
 */
export function commitStream({ ref, hasParent, message, seconds, files }: CommitPlan): string {
  const entries = Object.entries(files).map(([path, content]) => ({ path: quotePath(path), content }));
  // Deletions come first, so that a file may give way to a directory of its name.
  const deletions = entries.filter(({ content }) => content === null).map(({ path }) => `D ${path}\n`);
  const writes = entries.flatMap(({ path, content }) =>
    content === null ? [] : [`M 100644 inline ${path}\n${data(content)}`],
  );
  return [
    'feature done\n',
    `commit ${ref}\nmark :1\n`,
    `committer ${committer.name} <${committer.email}> ${seconds} +0000\n`,
    data(message),
    hasParent ? `from ${ref}^0\n` : '',
    ...deletions,
    ...writes,
    '\nget-mark :1\ndone\n',
  ].join('');
}
