import { wrongUsage } from '../../common/explained-error.ts';
import type { RegistryRequest } from '../../lab/forge/oci-registry.ts';
import type { Disturbance } from '../scenario.ts';
import type { Revision } from './revisions.ts';
import type { TrialContext } from './trial-context.ts';

/** A publication that can be made, while what the engine's automation does about it is followed. */
export interface PreparedPublication {
  /** Pushes the tags, which is the zero of time. */
  readonly publish: () => Promise<void>;
  readonly stop: () => void;
}

/** Notes each time that the tags are read after the last of them was pushed: nobody but the engine's automation reads them. */
function readingsNoted({ observer, images }: TrialContext, lastTag: () => string | undefined) {
  let isThere = false;
  return (request: RegistryRequest): void => {
    if (request.repository !== images?.shelf.repository) return;
    if (request.type === 'tag-pushed') isThere ||= request.tag === lastTag();
    else if (isThere)
      observer.note({ type: 'step', step: 'tags-read', what: 'the automation reads the tags' });
  };
}

/** Notes what the automation pushes to Git, and holds the cluster against it from then on; a push that was refused is none. */
function commitsNoted({ store, observer, application }: TrialContext, { hash, release }: Revision) {
  let known = hash;
  return async (): Promise<void> => {
    const [newest] = await store.log();
    if (newest === undefined || newest.hash === known) return;
    const { author, message } = newest;
    known = newest.hash;
    observer.note({ type: 'committed', revision: known, author, message });
    observer.expect(application.objectsAt(release));
  };
}

/**
 * Prepares to push the tags of a publication; undefined for what is none. Throws where the lab has nothing that could follow them.
 */
export async function preparePublication(
  context: TrialContext,
  disturbance: Disturbance,
  revision: Revision,
): Promise<PreparedPublication | undefined> {
  if (disturbance.kind !== 'publication') return undefined;
  const { images, observer } = context;
  if (images === undefined) {
    throw wrongUsage(
      `${disturbance.name} needs an application that follows an image`,
      'give the scenario a registry, images among its needs, and its application a followedImage',
    );
  }
  const { registry, onPush } = images;
  let lastTag: string | undefined;
  let noting: Promise<void> = Promise.resolve();
  const stopFollowing = await registry.follow(readingsNoted(context, () => lastTag));
  const noteCommit = commitsNoted(context, revision);
  const stopListening = onPush(() => {
    noting = noting.then(noteCommit).catch(() => undefined);
  });
  return {
    publish: async () => {
      const { repository, take } = images.shelf;
      const tags = take(disturbance);
      lastTag = tags.at(-1);
      for (const tag of tags) await registry.pushImage(repository, tag);
      observer.note({
        type: 'disturbed',
        what: `${repository} gets ${tags.join(', ')}`,
        revision: revision.hash,
      });
    },
    stop: () => {
      stopFollowing();
      stopListening();
    },
  };
}
