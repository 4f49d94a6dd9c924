import { createReadStream, createWriteStream } from 'node:fs';
import { rm, stat } from 'node:fs/promises';
import { createInterface } from 'node:readline';
import { pipeline } from 'node:stream/promises';
import { createGzip } from 'node:zlib';
import { ExplainedError, messageOf } from '../../common/explained-error.ts';
import { RequestGatherer } from './client-requests.ts';
import { parseSample, type K6Sample } from './k6-sample.ts';

/**
 * The samples that k6 has written to a file until now, and not what it adds meanwhile: who reads slower than it writes would never
 * come to an end. A last line that is not whole yet is left out; any other that is no line of k6's is an explained error.
 */
async function* samplesIn(file: string): AsyncGenerator<K6Sample> {
  const { size } = await stat(file);
  if (size === 0) return;
  let torn: unknown;
  let number = 0;
  const input = createReadStream(file, { end: size - 1 });
  for await (const line of createInterface({ input, crlfDelay: Infinity })) {
    if (torn !== undefined)
      throw new ExplainedError({
        what: `line ${number} of "${file}" is none of k6's`,
        why: messageOf(torn),
        next: 'see the log of k6 in the logs of the run',
      });
    number += 1;
    let sample: K6Sample | undefined;
    try {
      sample = parseSample(line);
    } catch (error) {
      torn = error;
    }
    if (sample !== undefined) yield sample;
  }
}

/** All requests that k6 has written to a file. Throws an explained error where a line is none of k6's. */
export async function readRequests(file: string): Promise<RequestGatherer> {
  const gatherer = new RequestGatherer();
  for await (const sample of samplesIn(file)) gatherer.add(sample);
  return gatherer;
}

/** Whether a request of the file has succeeded; what comes after the first that has is not read. */
export async function hasSuccess(file: string): Promise<boolean> {
  for await (const { metric, value } of samplesIn(file)) {
    if (metric === 'http_req_failed' && value === 0) return true;
  }
  return false;
}

/** Puts FILE.gz in the place of a file: what k6 writes shrinks to a twentieth. */
export async function compress(file: string): Promise<void> {
  await pipeline(createReadStream(file), createGzip(), createWriteStream(`${file}.gz`));
  await rm(file);
}
