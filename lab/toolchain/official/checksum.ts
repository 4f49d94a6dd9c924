import path from 'node:path';
import { ExplainedError } from '../../../common/explained-error.ts';
import type { Checksum } from '../pin.ts';

const digestPattern = /^[0-9a-f]{64}$/i;

/**
 * The SHA-256 that a publisher's checksum file states for the file at `url`, in lower case. Lines are those of
 * `sha256sum`: digest, blanks, an optional asterisk, name. Throws an explained error where it states none.
 */
export function statedDigest(text: string, format: Exclude<Checksum['format'], 'none'>, url: string): string {
  const wanted = path.posix.basename(new URL(url).pathname);
  const lines = text.split('\n').map((line) => line.trim().split(/\s+\*?/));
  const line =
    format === 'bare' ? lines[0] : lines.find(([, name]) => path.posix.basename(name ?? '') === wanted);
  const digest = line?.[0];
  if (digest !== undefined && digestPattern.test(digest)) return digest.toLowerCase();
  throw new ExplainedError({
    what: `the publisher's checksum file does not state a SHA-256 for ${wanted}`,
    why: `it starts with: ${text.slice(0, 80).trim()}`,
    next: 'a sign-in page of the network may have answered in its place: open an address in a browser, and try again',
  });
}
