import { z } from 'zod';
import { ExplainedError } from '../../../common/explained-error.ts';
import { digestOf } from '../digest.ts';
import type { ImageFile } from '../pin.ts';
import type { Platform } from '../platform.ts';
import type { WorkContext } from '../work-context.ts';
import { actualAddress } from './address.ts';
import { requestWhole } from './request.ts';

/** Media types of the OCI image specification and of Docker's, which registries still serve. */
const manifestTypes = [
  'application/vnd.oci.image.index.v1+json',
  'application/vnd.oci.image.manifest.v1+json',
  'application/vnd.docker.distribution.manifest.list.v2+json',
  'application/vnd.docker.distribution.manifest.v2+json',
];

const descriptorSchema = z.object({ mediaType: z.string(), digest: z.string(), size: z.number() });
const platformSchema = z.object({ os: z.string(), architecture: z.string() });
const indexSchema = z.object({
  manifests: z.array(descriptorSchema.extend({ platform: platformSchema.optional() })),
});
const manifestSchema = z.object({ layers: z.array(descriptorSchema) });
const contentSchema = z.union([indexSchema, manifestSchema]);
const tokenSchema = z.object({ token: z.string().optional(), access_token: z.string().optional() });

export type Layer = z.infer<typeof descriptorSchema>;

/** A repository of a registry, with what it wants to see for anonymous reading. */
export interface Repository {
  readonly base: string;
  readonly headers: Readonly<Record<string, string>>;
}

/** The realm and the other fields of a WWW-Authenticate header of the Bearer scheme (RFC 6750, 3). */
export function parseChallenge(header: string): { realm: string; query: URLSearchParams } | undefined {
  if (!/^bearer /i.test(header)) return undefined;
  const fields = new URLSearchParams();
  for (const [, name = '', value = ''] of header.matchAll(/(\w+)="([^"]*)"/g)) fields.set(name, value);
  const realm = fields.get('realm');
  fields.delete('realm');
  return realm === null ? undefined : { realm, query: fields };
}

function parseAnswer<Answer>(address: string, body: Uint8Array, schema: z.ZodType<Answer>): Answer {
  try {
    return schema.parse(JSON.parse(new TextDecoder().decode(body)));
  } catch (error) {
    throw new ExplainedError({
      what: `${address} does not answer as a registry does`,
      next: 'a sign-in page of the network may have answered in its place: open an address in a browser, and try again',
      cause: error,
    });
  }
}

async function anonymousToken(challenge: string, signal: AbortSignal): Promise<string | undefined> {
  const parsed = parseChallenge(challenge);
  if (parsed === undefined) return undefined;
  const { body } = await requestWhole(`${parsed.realm}?${parsed.query.toString()}`, { signal });
  const answer = parseAnswer(parsed.realm, body, tokenSchema);
  return answer.token ?? answer.access_token;
}

/** Opens a repository for anonymous reading, with a token where the registry asks for one. */
export async function openRepository(
  image: ImageFile,
  { environment, signal }: WorkContext,
): Promise<Repository> {
  const base = actualAddress(`https://${image.registry}/v2/${image.repository}`, environment);
  const probe = await requestWhole(`${base}/manifests/${image.tag}`, {
    signal,
    headers: { accept: manifestTypes.join(', ') },
    expectedStatuses: [401],
  });
  if (probe.status !== 401) return { base, headers: {} };
  const token = await anonymousToken(probe.headers.get('www-authenticate') ?? '', signal);
  return { base, headers: token === undefined ? {} : { authorization: `Bearer ${token}` } };
}

function requireDigest(source: string, expected: string, actual: string): void {
  if (expected === actual) return;
  throw new ExplainedError({
    what: `${source} has the wrong digest, and was thrown away`,
    why: `it should have ${expected}, and what came has ${actual}`,
    next: 'run the command again; where it happens again, something between here and the registry changes files',
  });
}

/** A manifest by tag or digest; one that is asked for by digest is held against it. */
async function fetchManifest(
  { base, headers }: Repository,
  reference: string,
  signal: AbortSignal,
): Promise<{ digest: string; content: z.infer<typeof contentSchema> }> {
  const address = `${base}/manifests/${reference}`;
  const { headers: answered, body } = await requestWhole(address, {
    signal,
    headers: { ...headers, accept: manifestTypes.join(', ') },
  });
  const digest = `sha256:${digestOf(body)}`;
  requireDigest(
    address,
    reference.startsWith('sha256:') ? reference : (answered.get('docker-content-digest') ?? digest),
    digest,
  );
  return { digest, content: parseAnswer(address, body, contentSchema) };
}

/** The layers of an image for a platform, lowest first, and the digest of what the tag names. */
export async function resolveImage(
  repository: Repository,
  image: ImageFile,
  platform: Platform,
  signal: AbortSignal,
): Promise<{ digest: string; layers: readonly Layer[] }> {
  const { digest, content } = await fetchManifest(repository, image.tag, signal);
  if ('layers' in content) return { digest, layers: content.layers };
  const fitting = content.manifests.find(
    (manifest) => manifest.platform?.os === platform.os && manifest.platform.architecture === platform.arch,
  );
  if (fitting === undefined) {
    throw new ExplainedError({
      what: `${image.repository}:${image.tag} has no image for ${platform.os}/${platform.arch}`,
    });
  }
  const { content: manifest } = await fetchManifest(repository, fitting.digest, signal);
  return { digest, layers: 'layers' in manifest ? manifest.layers : [] };
}

/** Throws an explained error where a layer that was downloaded is not the one that the manifest names. */
export function requireLayer(image: ImageFile, layer: Layer, sha256: string): void {
  requireDigest(`a layer of ${image.repository}:${image.tag}`, layer.digest, `sha256:${sha256}`);
}
