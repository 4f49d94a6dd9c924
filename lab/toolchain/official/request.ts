import pRetry, { AbortError } from 'p-retry';
import { ExplainedError } from '../../../common/explained-error.ts';
import { networkReason, OfficialUnavailable } from './unavailable.ts';

/** Attempts, and the first pause between them; each later one is twice as long. */
const retry = { retries: 2, minTimeout: 300 } as const;

export interface RequestOptions {
  readonly signal: AbortSignal;
  readonly headers?: Readonly<Record<string, string>>;
  /** Statuses that the caller deals with, besides success. */
  readonly expectedStatuses?: readonly number[];
}

function refuseDowngrade(asked: string, response: Response): void {
  if (!asked.startsWith('https:') || !response.url.startsWith('http:')) return;
  throw new ExplainedError({
    what: `${asked} leads to ${response.url}, which is not encrypted`,
    why: "what comes from there could be anybody's",
    next: 'do not go on with it; try another network, or set GITOPS_LAB_MIRROR',
  });
}

async function withRetries<Result>(
  address: string,
  options: RequestOptions,
  read: (response: Response) => Promise<Result>,
): Promise<Result> {
  const attempt = async (): Promise<Result> => {
    const response = await fetch(address, { signal: options.signal, headers: options.headers ?? {} });
    refuseDowngrade(address, response);
    if (response.ok || options.expectedStatuses?.includes(response.status) === true)
      return await read(response);
    await response.body?.cancel();
    const refusal = new OfficialUnavailable(`${address} answers with status ${response.status}`);
    throw response.status >= 500 ? refusal : new AbortError(refusal);
  };
  try {
    return await pRetry(attempt, {
      ...retry,
      signal: options.signal,
      shouldRetry: ({ error }) => !(error instanceof ExplainedError),
    });
  } catch (error) {
    options.signal.throwIfAborted();
    if (error instanceof ExplainedError || error instanceof OfficialUnavailable) throw error;
    throw new OfficialUnavailable(`${address} can't be reached (${networkReason(error)})`, { cause: error });
  }
}

/**
 * Fetches an address, again where the network or the server fails for a moment. Throws OfficialUnavailable where it
 * can't be reached or does not serve the file, and an explained error where it leads to an unencrypted place.
 */
export async function request(address: string, options: RequestOptions): Promise<Response> {
  return await withRetries(address, options, async (response) => await Promise.resolve(response));
}

/** An answer that is small enough to be held in memory. */
export interface WholeAnswer {
  readonly status: number;
  readonly headers: Headers;
  readonly body: Uint8Array;
}

/** Fetches a small file as `request` does, all of it. */
export async function requestWhole(address: string, options: RequestOptions): Promise<WholeAnswer> {
  return await withRetries(address, options, async (response) => {
    const body = new Uint8Array(await response.arrayBuffer());
    return { status: response.status, headers: response.headers, body };
  });
}
