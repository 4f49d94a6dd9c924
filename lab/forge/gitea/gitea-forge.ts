import path from 'node:path';
import type { Forge } from '../forge.ts';
import { openGiteaStore, type ReviewedStore } from './gitea-store.ts';
import { openAccounts, peopleOf } from './people.ts';
import { createPushWebhook, createRepository, owner, protectMain } from './repository.ts';
import { startGiteaServer, type GiteaPlace } from './server.ts';

/** A Gitea with the repository of a lab. */
interface GiteaForge extends Forge {
  readonly reviewed: ReviewedStore;
  /** Has each push to main sent to an address, signed with the secret; the webhook's number. */
  readonly createPushWebhook: (hook: { readonly url: string; readonly secret: string }) => Promise<number>;
}

/**
 * Starts Gitea with the accounts of a small team and a private repository, and opens a state store on it. What the place held
 * before is gone on with, unprotected until `protect` is called. Throws an explained error; nothing runs then.
 */
export async function startGiteaForge(
  place: GiteaPlace,
  repository: string,
  signal: AbortSignal,
): Promise<GiteaForge> {
  const server = await startGiteaServer(place, signal);
  try {
    const accounts = await openAccounts(server, place.directory, signal);
    const people = peopleOf(server, accounts, signal);
    await createRepository(people, repository);
    const url = `${server.url}/${owner}/${repository}.git`;
    let isProtected = false;
    const { store, reviewed } = await openGiteaStore({
      directory: path.join(place.directory, 'clones'),
      name: repository,
      url,
      accounts,
      people,
      isProtected: () => isProtected,
      signal,
    });
    return {
      state: { store, url, ...accounts.engine },
      reviewed,
      protect: async () => {
        await protectMain(people, repository);
        isProtected = true;
      },
      createPushWebhook: async (hook) => createPushWebhook(people, repository, hook),
      takeAway: server.stop,
      giveBack: server.restart,
      stop: server.stop,
    };
  } catch (error) {
    await server.stop();
    throw error;
  }
}
