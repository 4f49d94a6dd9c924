import { rename } from 'node:fs/promises';
import path from 'node:path';
import { ExplainedError } from '../../../common/explained-error.ts';
import type { Download } from '../pin.ts';
import type { WorkContext } from '../work-context.ts';
import { recordAccepted, requireUnchanged } from './accepted.ts';
import { actualAddress } from './address.ts';
import { unpackMember } from './archive.ts';
import { statedDigest } from './checksum.ts';
import { download } from './download.ts';
import { requestWhole } from './request.ts';

async function publishedDigest(
  { url, checksum }: Download,
  context: WorkContext,
): Promise<string | undefined> {
  if (checksum.format === 'none') return undefined;
  const { body } = await requestWhole(actualAddress(checksum.url, context.environment), context);
  return statedDigest(new TextDecoder().decode(body), checksum.format, url);
}

function wrongDigest(address: string, expected: string, actual: string): ExplainedError {
  return new ExplainedError({
    what: `${address} has the wrong checksum, and was thrown away`,
    why: `its publisher states SHA-256 ${expected}, and what came has ${actual}`,
    next: 'run the command again; where it happens again, something between here and the publisher changes files',
  });
}

/**
 * Puts a published file to `target`: downloaded, held against the publisher's checksum and against what was accepted
 * before, and taken out of its archive. Returns its official address. Throws OfficialUnavailable where it is not
 * served, and an explained error where what is served is wrong.
 */
export async function fetchDownload(
  from: Download,
  target: string,
  scratch: string,
  context: WorkContext,
  onFraction: (fraction: number) => void,
): Promise<string> {
  const address = actualAddress(from.url, context.environment);
  const expected = await publishedDigest(from, context);
  if (expected !== undefined) await requireUnchanged(from.url, expected, context);
  const file = path.join(scratch, path.posix.basename(new URL(from.url).pathname));
  const { sha256 } = await download(address, file, {
    signal: context.signal,
    onBytes: (received, total) => {
      if (total !== undefined) onFraction(received / total);
    },
  });
  if (expected !== undefined && expected !== sha256) throw wrongDigest(address, expected, sha256);
  await requireUnchanged(from.url, sha256, context);
  if (expected === undefined) {
    context.say(
      `${from.url} has no published checksum; what is accepted on first use is recorded (SHA-256 ${sha256})`,
    );
  }
  await recordAccepted(
    from.url,
    sha256,
    expected === undefined ? 'first use' : 'checksum of the publisher',
    context,
  );
  await place(from, file, target, scratch);
  return from.url;
}

async function place(
  { url, archive }: Download,
  file: string,
  target: string,
  scratch: string,
): Promise<void> {
  if (archive === undefined) {
    await rename(file, target);
  } else if (!(await unpackMember(file, archive.format, archive.member, target, scratch))) {
    throw new ExplainedError({
      what: `${url} has no ${archive.member} in it`,
      next: 'correct lab/toolchain/pins.ts',
    });
  }
}
