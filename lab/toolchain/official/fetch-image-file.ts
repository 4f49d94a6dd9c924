import path from 'node:path';
import { ExplainedError } from '../../../common/explained-error.ts';
import type { ImageFile } from '../pin.ts';
import type { WorkContext } from '../work-context.ts';
import { recordAccepted, requireUnchanged } from './accepted.ts';
import { unpackMember } from './archive.ts';
import { download } from './download.ts';
import { openRepository, requireLayer, resolveImage } from './registry.ts';

/**
 * Puts one file of a container image to `target`, without a container engine: the layers are downloaded from the
 * topmost on until one has the file, each held against its digest. Returns the image's reference with its digest.
 * Throws OfficialUnavailable where the image is not served, and an explained error where what is served is wrong.
 */
export async function fetchImageFile(
  image: ImageFile,
  target: string,
  scratch: string,
  context: WorkContext,
  onFraction: (fraction: number) => void,
): Promise<string> {
  const reference = `${image.registry}/${image.repository}:${image.tag}`;
  const repository = await openRepository(image, context);
  const { digest, layers } = await resolveImage(repository, image, context.platform, context.signal);
  const sha256 = digest.replace('sha256:', '');
  await requireUnchanged(reference, sha256, context);
  for (const layer of layers.toReversed()) {
    const file = path.join(scratch, layer.digest.replace(':', '-'));
    const downloaded = await download(`${repository.base}/blobs/${layer.digest}`, file, {
      signal: context.signal,
      headers: repository.headers,
      onBytes: (received) => {
        onFraction(received / layer.size);
      },
    });
    requireLayer(image, layer, downloaded.sha256);
    if (await unpackMember(file, 'tar.gz', image.member, target, scratch)) {
      await recordAccepted(reference, sha256, 'digest of the image', context);
      return `${reference}@${digest}`;
    }
  }
  throw new ExplainedError({
    what: `${reference} has no ${image.member} in it`,
    next: 'correct lab/toolchain/pins.ts',
  });
}
