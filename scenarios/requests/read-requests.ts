import { createReadStream, createWriteStream } from 'node:fs';
import { rm } from 'node:fs/promises';
import { createInterface } from 'node:readline';
import { pipeline } from 'node:stream/promises';
import { createGzip } from 'node:zlib';
import { ExplainedError, messageOf } from '../../common/explained-error.ts';
import { RequestGatherer } from './client-requests.ts';
import { parseSample } from './k6-sample.ts';

/**
 * Reads what k6 has written to a file so far, line by line. A last line that is not whole yet is left out; any other that is no line
 * of k6's is an explained error.
 */
export async function readRequests(file: string): Promise<RequestGatherer> {
  const gatherer = new RequestGatherer();
  let torn: unknown;
  let number = 0;
  for await (const line of createInterface({ input: createReadStream(file), crlfDelay: Infinity })) {
    if (torn !== undefined)
      throw new ExplainedError({
        what: `line ${number} of "${file}" is none of k6's`,
        why: messageOf(torn),
        next: 'see the log of k6 in the logs of the run',
      });
    number += 1;
    try {
      const sample = parseSample(line);
      if (sample !== undefined) gatherer.add(sample);
    } catch (error) {
      torn = error;
    }
  }
  return gatherer;
}

/** Puts FILE.gz in the place of a file: what k6 writes shrinks to a twentieth. */
export async function compress(file: string): Promise<void> {
  await pipeline(createReadStream(file), createGzip(), createWriteStream(`${file}.gz`));
  await rm(file);
}
