import * as z from 'zod';
import type { People } from './people.ts';
import { RefusedError, type GiteaApi } from './api.ts';

/** Whose repository it is; with its name, it is the path of its address. */
export const owner = 'platform';

/** The path of a repository's API. */
export function repositoryPath(name: string): string {
  return `/repos/${owner}/${name}`;
}

async function isThere(api: GiteaApi, path: string): Promise<boolean> {
  try {
    await api.tell('GET', path);
    return true;
  } catch (error) {
    if (error instanceof RefusedError && error.status === 404) return false;
    throw error;
  }
}

/** Makes a private, empty repository that authors, reviewers and the engine may write to; one that is there stays as it is. */
export async function createRepository({ platform }: People, name: string): Promise<void> {
  if (await isThere(platform, repositoryPath(name))) return;
  await platform.tell('POST', '/user/repos', {
    name,
    private: true,
    auto_init: false,
    default_branch: 'main',
  });
  for (const username of ['author', 'reviewer', 'engine']) await letIn(platform, name, username, 'write');
}

async function letIn(
  api: GiteaApi,
  name: string,
  username: string,
  permission: 'read' | 'write',
): Promise<void> {
  await api.tell('PUT', `${repositoryPath(name)}/collaborators/${username}`, { permission });
}

/**
 * From now on main changes by pull requests alone, each approved by the reviewer, whoever merges it, and the engine can only
 * read. https://docs.gitea.com/usage/access-control/protected-branches
 */
export async function protectMain({ platform }: People, name: string): Promise<void> {
  const rule = `${repositoryPath(name)}/branch_protections`;
  if (!(await isThere(platform, `${rule}/main`))) {
    await platform.tell('POST', rule, {
      rule_name: 'main',
      enable_push: false,
      enable_force_push: false,
      required_approvals: 1,
      enable_approvals_whitelist: true,
      approvals_whitelist_username: ['reviewer'],
      block_on_rejected_reviews: true,
      dismiss_stale_approvals: true,
      block_admin_merge_override: true,
    });
  }
  await letIn(platform, name, 'engine', 'read');
}

/** Has Gitea send each push to main to an address, signed with the secret (https://docs.gitea.com/usage/webhooks). */
export async function createPushWebhook(
  { platform }: People,
  name: string,
  { url, secret }: { readonly url: string; readonly secret: string },
): Promise<number> {
  const hook = {
    type: 'gitea',
    active: true,
    events: ['push'],
    branch_filter: 'main',
    config: { url, secret, content_type: 'json' },
  };
  const path = `${repositoryPath(name)}/hooks`;
  return (await platform.ask('POST', path, z.object({ id: z.int() }), hook)).id;
}
