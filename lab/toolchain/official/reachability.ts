import { networkReason } from './unavailable.ts';

const connectTimeoutMs = 3000;

/** Why an address can't be reached, in a few words, or undefined where it answers, with whatever status. */
async function probe(origin: string, signal: AbortSignal): Promise<string | undefined> {
  const timeout = AbortSignal.timeout(connectTimeoutMs);
  try {
    await fetch(origin, { method: 'HEAD', redirect: 'manual', signal: AbortSignal.any([timeout, signal]) });
    return undefined;
  } catch (error) {
    signal.throwIfAborted();
    return timeout.aborted ? `no answer within ${connectTimeoutMs / 1000} s` : networkReason(error);
  }
}

/** Probes each host once, all at the same time. Returns origin -> reason for those that can't be reached. */
export async function findUnreachable(
  addresses: readonly string[],
  signal: AbortSignal,
): Promise<ReadonlyMap<string, string>> {
  const allOrigins = [...new Set(addresses.map((address) => new URL(address).origin))];
  const answers = await Promise.all(
    allOrigins.map(async (origin) => [origin, await probe(origin, signal)] as const),
  );
  return new Map(answers.flatMap(([origin, why]) => (why === undefined ? [] : [[origin, why] as const])));
}
