import { createHash, timingSafeEqual } from 'node:crypto';

/** What a client of the forge must show. */
export interface Credentials {
  readonly username: string;
  readonly password: string;
}

/** The value of an Authorization header (RFC 7617). Gitea takes a token in the place of a password. */
export function authorizationOf({ username, password }: Credentials): string {
  return `Basic ${Buffer.from(`${username}:${password}`).toString('base64')}`;
}

/** Digests have one length, so that comparing them takes the same time for every guess. */
function digestOf(text: string): Buffer {
  return createHash('sha256').update(text).digest();
}

/** A check of an Authorization header against the credentials, in constant time (RFC 7617). */
export function basicAuthentication(credentials: Credentials): (header: string | undefined) => boolean {
  const expected = digestOf(`${credentials.username}:${credentials.password}`);
  return (header) => {
    const encoded = /^basic +(\S+)$/i.exec(header ?? '')?.[1];
    if (encoded === undefined) return false;
    return timingSafeEqual(digestOf(Buffer.from(encoded, 'base64').toString('utf8')), expected);
  };
}
