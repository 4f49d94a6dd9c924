import { createHash } from 'node:crypto';
import { createWriteStream } from 'node:fs';
import { Readable, Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import pRetry from 'p-retry';
import { ExplainedError } from '../../../common/explained-error.ts';
import { request, type RequestOptions } from './request.ts';
import { networkReason } from './unavailable.ts';

/** A connection that brings nothing for this long is given up. */
const stallTimeoutMs = 30_000;
const retry = { retries: 2, minTimeout: 300 } as const;

export interface Downloaded {
  readonly sha256: string;
  readonly sizeBytes: number;
}

export interface DownloadOptions extends Pick<RequestOptions, 'signal' | 'headers'> {
  /** `totalBytes` is undefined where the server does not say. */
  readonly onBytes: (receivedBytes: number, totalBytes: number | undefined) => void;
}

/** The transfer ended before the file did. */
class Truncated extends Error {}

function announcedSize({ headers }: Response): number | undefined {
  const length = headers.get('content-length');
  // The length is that of the encoded body, and fetch decodes it.
  return length === null || headers.has('content-encoding') ? undefined : Number(length);
}

async function attempt(address: string, file: string, options: DownloadOptions): Promise<Downloaded> {
  const stall = new AbortController();
  const watchdog = setTimeout(() => {
    stall.abort(new Truncated(`nothing came for ${stallTimeoutMs / 1000} s`));
  }, stallTimeoutMs);
  const hash = createHash('sha256');
  let sizeBytes = 0;
  try {
    const signal = AbortSignal.any([options.signal, stall.signal]);
    const headers = { 'accept-encoding': 'identity', ...options.headers };
    const response = await request(address, { signal, headers });
    const totalBytes = announcedSize(response);
    const meter = new Transform({
      transform: (chunk: Buffer, _encoding, done) => {
        watchdog.refresh();
        hash.update(chunk);
        sizeBytes += chunk.length;
        options.onBytes(sizeBytes, totalBytes);
        done(null, chunk);
      },
    });
    const body = Readable.fromWeb(response.body ?? new Blob([]).stream());
    await pipeline(body, meter, createWriteStream(file), { signal });
    if (totalBytes !== undefined && totalBytes !== sizeBytes)
      throw new Truncated(`of ${totalBytes} bytes ${sizeBytes} came`);
  } catch (error) {
    throw isBrokenTransfer(error)
      ? new Truncated(`after ${sizeBytes} bytes: ${networkReason(error)}`)
      : error;
  } finally {
    clearTimeout(watchdog);
  }
  return { sha256: hash.digest('hex'), sizeBytes };
}

/** undici ends the body of a broken connection with a TypeError that says "terminated". */
function isBrokenTransfer(error: unknown): boolean {
  return error instanceof TypeError && error.message === 'terminated';
}

/**
 * Downloads a file, again where the transfer breaks. Throws OfficialUnavailable where the address does not serve it,
 * and an explained error where it never arrives whole.
 */
export async function download(address: string, file: string, options: DownloadOptions): Promise<Downloaded> {
  try {
    return await pRetry(async () => await attempt(address, file, options), {
      ...retry,
      signal: options.signal,
      shouldRetry: ({ error }) => error instanceof Truncated,
    });
  } catch (error) {
    options.signal.throwIfAborted();
    if (!(error instanceof Truncated)) throw error;
    throw new ExplainedError({
      what: `${address} arrived truncated, ${retry.retries + 1} times`,
      why: error.message,
      next: 'run the command again, try another network, or set GITOPS_LAB_MIRROR to a mirror that you trust',
      cause: error,
    });
  }
}
