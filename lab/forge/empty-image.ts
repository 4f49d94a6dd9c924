import { createHash } from 'node:crypto';

/** The content of nothing (https://github.com/opencontainers/image-spec/blob/main/manifest.md#guidance-for-an-empty-descriptor). */
const emptyBlob = '{}';
const emptyType = 'application/vnd.oci.empty.v1+json';
const manifestType = 'application/vnd.oci.image.manifest.v1+json';

const digestOf = (text: string): string => `sha256:${createHash('sha256').update(text).digest('hex')}`;

/** An image that differs from others by its tag alone, and has no layers: nothing in the lab ever runs it. */
function manifestOf(tag: string): string {
  const config = { mediaType: emptyType, digest: digestOf(emptyBlob), size: emptyBlob.length };
  const annotations = { 'org.opencontainers.image.version': tag };
  return JSON.stringify({ schemaVersion: 2, mediaType: manifestType, config, layers: [], annotations });
}

async function send(url: string, method: 'POST' | 'PUT', type: string, body: string): Promise<void> {
  const answer = await fetch(url, { method, body, headers: { 'content-type': type } });
  if (!answer.ok) throw new Error(`the registry refused ${url}, with status ${answer.status}`);
}

/**
 * Pushes an image without content to a registry at `base`, such as `http://127.0.0.1:41234`; it has the tag when this returns
 * (https://github.com/opencontainers/distribution-spec/blob/main/spec.md#push). Throws where it is not taken.
 */
export async function pushEmptyImage(base: string, repository: string, tag: string): Promise<void> {
  const place = `${base}/v2/${repository}`;
  const digest = encodeURIComponent(digestOf(emptyBlob));
  await send(`${place}/blobs/uploads/?digest=${digest}`, 'POST', 'application/octet-stream', emptyBlob);
  await send(`${place}/manifests/${tag}`, 'PUT', manifestType, manifestOf(tag));
}
