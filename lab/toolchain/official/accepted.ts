import { readFile, rename, writeFile } from 'node:fs/promises';
import { z } from 'zod';
import { ExplainedError } from '../../../common/explained-error.ts';
import { withLock } from '../lock.ts';
import type { WorkContext } from '../work-context.ts';

/** What vouched for a digest when it was accepted first. */
type Voucher = 'checksum of the publisher' | 'digest of the image' | 'first use';

const schema = z.record(
  z.string(),
  z.strictObject({ sha256: z.string(), acceptedAt: z.string(), because: z.string() }),
);

type Accepted = z.infer<typeof schema>;

type AcceptedContext = Pick<WorkContext, 'cache' | 'signal' | 'say'>;

async function readAccepted({ cache }: AcceptedContext): Promise<Accepted> {
  const text = await readFile(cache.acceptedFile, 'utf8').catch(() => '{}');
  try {
    return schema.parse(JSON.parse(text));
  } catch (error) {
    throw new ExplainedError({
      what: `${cache.acceptedFile} can't be read as the record of accepted downloads`,
      next: 'correct it; where that is impossible, move it away, and downloads are accepted anew',
      cause: error,
    });
  }
}

/**
 * Holds a digest against what was accepted for the same address or image before.
 * Throws an explained error where it has changed.
 */
export async function requireUnchanged(
  source: string,
  sha256: string,
  context: AcceptedContext,
): Promise<void> {
  const before = (await readAccepted(context))[source];
  if (before === undefined || before.sha256 === sha256) return;
  throw new ExplainedError({
    what: `${source} is not what it was`,
    why: `on ${before.acceptedAt} SHA-256 ${before.sha256} was accepted for it (${before.because}), and now it is ${sha256}`,
    next:
      'a released file does not change by itself: look for a word of its publisher, or at GITOPS_LAB_MIRROR; ' +
      `to accept the new one, remove its entry from ${context.cache.acceptedFile}`,
  });
}

/** Records what is accepted for an address or image, so that a later change is noticed. */
export async function recordAccepted(
  source: string,
  sha256: string,
  because: Voucher,
  context: AcceptedContext,
): Promise<void> {
  // The lock is held for a moment only: nothing to tell the user.
  await withLock('accepted', { ...context, say: () => undefined }, async () => {
    const accepted = await readAccepted(context);
    if (accepted[source] !== undefined) return;
    accepted[source] = { sha256, acceptedAt: new Date().toISOString(), because };
    const draft = `${context.cache.acceptedFile}.${process.pid}`;
    await writeFile(draft, `${JSON.stringify(accepted, null, 2)}\n`);
    await rename(draft, context.cache.acceptedFile);
  });
}
