import pLimit from 'p-limit';
import { ExplainedError } from '../../../common/explained-error.ts';
import { createStateStore, type StateStore } from '../state-store.ts';
import type { Accounts, People } from './people.ts';
import {
  approve,
  demandNoMerge,
  merge,
  openPullRequest,
  readAuditTrail,
  untilMergeable,
  type AuditTrail,
} from './pull-request.ts';
import { demandNoPush, fetchMain, hasMain, push, type Remote } from './remote.ts';

type Files = Readonly<Record<string, string | null>>;

/** A change that waits for its review. */
export interface Proposal {
  readonly number: number;
  /** What is to be reviewed. */
  readonly commit: string;
  /** Tries to merge it before anybody has approved it; Gitea's words. Throws an explained error where Gitea does it. */
  readonly demandNoMerge: () => Promise<string>;
  /** The reviewer approves it. */
  readonly approve: () => Promise<void>;
  /** The author merges it; the merge commit. */
  readonly merge: () => Promise<string>;
  /** Who did what, as Gitea tells it once it is merged. */
  readonly readAuditTrail: () => Promise<AuditTrail>;
}

/** A state store that is changed by review. */
export interface ReviewedStore {
  /** The author pushes a change to main by itself; Gitea's words. Throws an explained error where Gitea takes it. */
  readonly demandNoPush: (message: string, files: Files) => Promise<string>;
  /** The author opens a pull request; it has been found to be without conflicts when this returns. */
  readonly propose: (message: string, files: Files) => Promise<Proposal>;
}

interface GiteaStoreOptions {
  /** Where the lab's own clone lies. */
  readonly directory: string;
  readonly name: string;
  readonly url: string;
  readonly accounts: Accounts;
  readonly people: People;
  /** Whether main is protected by now. */
  readonly isProtected: () => boolean;
  readonly signal: AbortSignal;
}

/** A state store whose repository is Gitea's. */
interface GiteaStore {
  readonly store: StateStore;
  readonly reviewed: ReviewedStore;
}

function proposalOf({ name, people, signal }: GiteaStoreOptions, number: number, commit: string): Proposal {
  const { author, reviewer, platform } = people;
  return {
    number,
    commit,
    demandNoMerge: async () => demandNoMerge(author, name, number),
    approve: async () => {
      await approve(reviewer, name, number);
      // An approval lets Gitea look at the pull request once more.
      await untilMergeable(author, name, number, signal);
    },
    merge: async () => merge(author, name, number),
    readAuditTrail: async () => readAuditTrail(platform, name, number),
  };
}

/**
 * The state store of a repository of Gitea: commits are made in a clone of the lab's own and pushed, by the repository's owner
 * until main is protected, and by reviewed pull requests from then on. Throws an explained error where Gitea can't be reached.
 */
export async function openGiteaStore(options: GiteaStoreOptions): Promise<GiteaStore> {
  const { directory, name, url, accounts, people, isProtected, signal } = options;
  const clone = await createStateStore({ directory, name, signal });
  const remote: Remote = { directory: clone.repository, url, signal };
  if (!(await hasMain(remote, accounts.platform))) {
    await push(remote, accounts.platform, await clone.head(), 'main');
  }
  const inTurn = pLimit(1);
  let proposals = 0;
  const fetched = async <T>(work: () => Promise<T>): Promise<T> =>
    inTurn(async () => {
      await fetchMain(remote, accounts.platform);
      return work();
    });
  const propose = async (message: string, files: Files): Promise<Proposal> => {
    const { hash } = await fetched(async () => clone.commit(message, files));
    const branch = `proposal-${(proposals += 1)}-${hash.slice(0, 7)}`;
    await push(remote, accounts.author, hash, branch);
    const number = await openPullRequest(people.author, name, { branch, title: message }, signal);
    await untilMergeable(people.author, name, number, signal);
    return proposalOf(options, number, hash);
  };
  const commitReviewed: StateStore['commit'] = async (message, files) => {
    const proposal = await propose(message, files);
    await proposal.approve();
    const hash = await proposal.merge();
    const commits = await fetched(async () => clone.log());
    const commit = commits.find((one) => one.hash === hash);
    if (commit !== undefined) return commit;
    throw new ExplainedError({ what: `main does not have ${hash}, as which "${message}" was merged` });
  };
  const commitDirectly: StateStore['commit'] = async (message, files) =>
    fetched(async () => {
      const commit = await clone.commit(message, files);
      await push(remote, accounts.platform, commit.hash, 'main');
      return commit;
    });
  return {
    store: {
      repository: clone.repository,
      branch: clone.branch,
      commit: async (message, files) =>
        isProtected() ? commitReviewed(message, files) : commitDirectly(message, files),
      head: async () => fetched(clone.head),
      log: async () => fetched(clone.log),
      read: async (path, revision) => fetched(async () => clone.read(path, revision)),
    },
    reviewed: {
      demandNoPush: async (message, files) => {
        const { hash } = await fetched(async () => clone.commit(message, files));
        return demandNoPush(remote, accounts.author, hash);
      },
      propose,
    },
  };
}
