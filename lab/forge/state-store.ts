import { mkdir } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import pLimit from 'p-limit';
import pRetry from 'p-retry';
import { ExplainedError, wrongUsage } from '../../common/explained-error.ts';
import { commitStream } from './commit-stream.ts';
import { committer, git, requireGit, tryGit } from './git.ts';

const branch = 'main';
const ref = `refs/heads/${branch}`;
const logFields = ['%H', '%an', '%ct', '%B'] as const;

/** How a commit meets others who push: about two seconds of tries, at growing distances. */
const retrying = { retries: 5, minTimeout: 20, maxTimeout: 400, randomize: true } as const;

/** `git fast-import` ends with 1 where it made the commit but could not move the branch, and with 128 where it gave up. */
const branchNotMoved = 1;

/** One commit, as a report cites it. */
export interface Commit {
  readonly hash: string;
  readonly message: string;
  /** The author's name. */
  readonly author: string;
  /** ISO 8601 in UTC; Git keeps whole seconds. */
  readonly committedAt: string;
}

/** The Git repository that says how a cluster should be. */
export interface StateStore {
  /** The path of the bare repository. */
  readonly repository: string;
  readonly branch: string;
  /**
   * Commits on top of the branch as it is then. A file that is null is deleted, a directory likewise; one that is not there may be deleted too.
   * Throws an explained error where the branch can't be moved.
   */
  readonly commit: (message: string, files: Readonly<Record<string, string | null>>) => Promise<Commit>;
  /** The hash of the branch's newest commit. */
  readonly head: () => Promise<string>;
  /** Every commit of the branch, the newest first. */
  readonly log: () => Promise<readonly Commit[]>;
  /** A file's content, at the branch's newest commit unless a revision is given. Throws an explained error where there is none. */
  readonly read: (path: string, revision?: string) => Promise<string>;
}

interface StateStoreOptions {
  /** Where the bare repositories lie; made if it is missing. */
  readonly directory: string;
  /** The repository becomes `NAME.git`. */
  readonly name: string;
  /** Ends the opening and commits; what is there can still be read. */
  readonly signal?: AbortSignal;
  readonly wallTime?: () => Date;
}

interface Repository {
  readonly path: string;
  readonly signal: AbortSignal | undefined;
  readonly wallTime: () => Date;
}

class BranchNotMovedError extends ExplainedError {}

function timeOf(seconds: number): string {
  return new Date(seconds * 1000).toISOString();
}

interface Change {
  readonly message: string;
  readonly files: Readonly<Record<string, string | null>>;
  readonly hasParent: boolean;
}

async function importCommit(repository: Repository, change: Change): Promise<Commit> {
  const { path: directory, signal } = repository;
  const message = change.message.trim();
  const seconds = Math.floor(repository.wallTime().getTime() / 1000);
  const input = commitStream({ ...change, ref, message, seconds });
  const result = await tryGit(['fast-import', '--quiet'], { directory, signal, input });
  if (result.exitCode === 0) {
    return { hash: result.output.trim(), message, author: committer.name, committedAt: timeOf(seconds) };
  }
  const explanation = { what: `"${message}" could not be committed to ${directory}`, why: result.complaint };
  throw result.exitCode === branchNotMoved
    ? new BranchNotMovedError(explanation)
    : new ExplainedError(explanation);
}

async function commitOnTop(repository: Repository, change: Change): Promise<Commit> {
  return pRetry(async () => importCommit(repository, change), {
    ...retrying,
    ...(repository.signal === undefined ? {} : { signal: repository.signal }),
    shouldRetry: ({ error }) => error instanceof BranchNotMovedError,
  });
}

function parseLog(output: string): readonly Commit[] {
  const fields = output.split('\0');
  const count = Math.floor(fields.length / logFields.length);
  return Array.from({ length: count }, (_, index) => {
    const [hash = '', author = '', seconds = '', message = ''] = fields.slice(index * logFields.length);
    return { hash, author, committedAt: timeOf(Number(seconds)), message: message.trim() };
  });
}

async function openRepository({ directory, name, signal, wallTime }: StateStoreOptions): Promise<Repository> {
  if (!/^[A-Za-z0-9][\w.-]*$/.test(name)) {
    throw wrongUsage(
      `"${name}" is no name for a repository`,
      'use letters, digits, dots, dashes and underscores',
    );
  }
  const root = resolve(directory);
  await mkdir(root, { recursive: true, mode: 0o700 });
  const path = join(root, `${name}.git`);
  const init = ['init', '--bare', '--quiet', '--template=', `--initial-branch=${branch}`, path];
  await git(init, { directory: root, signal });
  return { path, signal, wallTime: wallTime ?? (() => new Date()) };
}

async function ensureFirstCommit(repository: Repository): Promise<void> {
  const { path: directory, signal } = repository;
  const { exitCode } = await tryGit(['rev-parse', '--verify', '--quiet', ref], { directory, signal });
  if (exitCode === 0) return;
  await importCommit(repository, { message: 'Begin with an empty repository', files: {}, hasParent: false });
}

/**
 * Opens the repository `NAME.git` of a directory as it is, or makes it, with the branch main and an empty first commit.
 * Throws an explained error where git is unfit, or the repository can't be made or opened.
 */
export async function createStateStore(options: StateStoreOptions): Promise<StateStore> {
  await requireGit();
  const repository = await openRepository(options);
  await ensureFirstCommit(repository);
  const directory = repository.path;
  const inTurn = pLimit(1);
  const logFormat = `--format=tformat:${logFields.join('%x00')}`;
  return {
    repository: directory,
    branch,
    commit: async (message, files) =>
      inTurn(async () => commitOnTop(repository, { message, files, hasParent: true })),
    head: async () => (await git(['rev-parse', '--verify', ref], { directory })).trim(),
    log: async () => parseLog(await git(['log', '-z', '--topo-order', logFormat, ref], { directory })),
    read: async (path, revision = ref) => git(['cat-file', 'blob', `${revision}:${path}`], { directory }),
  };
}
