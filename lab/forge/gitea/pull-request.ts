import * as z from 'zod';
import { ExplainedError } from '../../../common/explained-error.ts';
import { waitUntil } from '../../../common/wait.ts';
import { RefusedError, type GiteaApi } from './api.ts';
import { repositoryPath } from './repository.ts';

/** Gitea looks for conflicts in the background, which takes well under a second on a calm machine. */
const checkTimeoutMs = 60_000;
/** A branch that was pushed is there at once; a machine that is too busy to look it up must get the chance to. */
const lookUpTimeoutMs = 30_000;
/** What the API says where an approval is missing (services/pull/check.go: "Does not have enough approvals"). */
const lacksApproval = /approval/i;

const Login = z.object({ login: z.string() });
const Time = z.iso.datetime({ offset: true });

const PullRequest = z.object({
  number: z.int().positive(),
  title: z.string(),
  user: Login,
  created_at: Time,
  head: z.object({ sha: z.string() }),
  mergeable: z.boolean(),
  merged: z.boolean(),
  merged_at: Time.nullish(),
  merged_by: Login.nullish(),
  merge_commit_sha: z.string().nullish(),
});

const Review = z.object({
  user: Login,
  state: z.string(),
  commit_id: z.string(),
  submitted_at: Time,
  /** It counts towards the approvals that the branch needs. */
  official: z.boolean(),
  dismissed: z.boolean(),
});

/** What Gitea knows of a pull request that was merged: who did what, with which commit, and when. */
export interface AuditTrail {
  readonly number: number;
  readonly title: string;
  readonly openedBy: string;
  /** ISO 8601; Gitea keeps whole seconds. */
  readonly openedAt: string;
  readonly approvals: readonly { readonly by: string; readonly at: string; readonly commit: string }[];
  readonly mergedBy: string;
  readonly mergedAt: string;
  readonly mergeCommit: string;
}

const pullPath = (repository: string, number: number): string =>
  `${repositoryPath(repository)}/pulls/${number}`;

async function read(api: GiteaApi, repository: string, number: number) {
  return api.ask('GET', pullPath(repository, number), PullRequest);
}

/**
 * Opens a pull request to main from a branch that was pushed; its number. Gitea answers 404 not only where a branch is not there, but
 * also where it could not look it up just then (modules/git/repo_branch_nogogit.go: IsReferenceExist), so that is asked again.
 */
export async function openPullRequest(
  api: GiteaApi,
  repository: string,
  { branch, title }: { readonly branch: string; readonly title: string },
  signal: AbortSignal,
): Promise<number> {
  const body = { title, head: branch, base: 'main' };
  const tryIt = async (): Promise<number | Error> => {
    try {
      return (await api.ask('POST', `${repositoryPath(repository)}/pulls`, PullRequest, body)).number;
    } catch (error) {
      if (error instanceof RefusedError && error.status !== 404) return error;
      throw error;
    }
  };
  const goal = `Gitea to find the branch ${branch}, which was pushed`;
  const outcome = await waitUntil(tryIt, { goal, timeoutMs: lookUpTimeoutMs, signal });
  if (outcome instanceof Error) throw outcome;
  return outcome;
}

/** Waits until Gitea knows whether it conflicts with main; until then it refuses each merge, and says to try again later. */
export async function untilMergeable(
  api: GiteaApi,
  repository: string,
  number: number,
  signal: AbortSignal,
): Promise<void> {
  await waitUntil(async () => ((await read(api, repository, number)).mergeable ? true : undefined), {
    goal: `Gitea to find pull request ${number} without conflicts`,
    timeoutMs: checkTimeoutMs,
    signal,
  });
}

/** Approves the newest commit of a pull request. Gitea refuses who opened it. */
export async function approve(api: GiteaApi, repository: string, number: number): Promise<void> {
  const { head } = await read(api, repository, number);
  const review = { event: 'APPROVED', body: '', commit_id: head.sha };
  await api.tell('POST', `${pullPath(repository, number)}/reviews`, review);
}

/** Merges a pull request with a merge commit; that commit. Throws `RefusedError` where the rules of main are not met. */
export async function merge(api: GiteaApi, repository: string, number: number): Promise<string> {
  await api.tell('POST', `${pullPath(repository, number)}/merge`, { Do: 'merge' });
  const { merge_commit_sha: commit } = await read(api, repository, number);
  if (commit !== null && commit !== undefined) return commit;
  throw new ExplainedError({ what: `Gitea merged pull request ${number} and names no commit` });
}

/** Tries to merge what must not be merged; Gitea's words. Throws an explained error where it is merged. */
export async function demandNoMerge(api: GiteaApi, repository: string, number: number): Promise<string> {
  try {
    await merge(api, repository, number);
  } catch (error) {
    if (error instanceof RefusedError && lacksApproval.test(error.words)) return error.words;
    throw error;
  }
  throw new ExplainedError({
    what: `pull request ${number} was merged though nobody had approved it`,
    why: 'main is not protected as it should be',
  });
}

/** Reads what Gitea knows of a merged pull request. Throws an explained error where it is not merged. */
export async function readAuditTrail(api: GiteaApi, repository: string, number: number): Promise<AuditTrail> {
  const [request, reviews] = await Promise.all([
    read(api, repository, number),
    api.ask('GET', `${pullPath(repository, number)}/reviews`, z.array(Review)),
  ]);
  const { merged_at: mergedAt, merged_by: mergedBy, merge_commit_sha: mergeCommit } = request;
  if (!request.merged || !mergedAt || !mergedBy || !mergeCommit) {
    throw new ExplainedError({ what: `pull request ${number} is not merged` });
  }
  return {
    number,
    title: request.title,
    openedBy: request.user.login,
    openedAt: request.created_at,
    approvals: reviews
      .filter(({ state, official, dismissed }) => state === 'APPROVED' && official && !dismissed)
      .map(({ user, submitted_at: at, commit_id: commit }) => ({ by: user.login, at, commit })),
    mergedBy: mergedBy.login,
    mergedAt,
    mergeCommit,
  };
}
