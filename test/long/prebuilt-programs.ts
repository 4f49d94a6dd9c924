import type { ExecutionContext } from 'ava';
import { execa } from 'execa';
import { createHash } from 'node:crypto';
import { createReadStream, existsSync } from 'node:fs';
import { chmod, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { pipeline } from 'node:stream/promises';
import { fileURLToPath } from 'node:url';

/** Where programs lie that neither a publisher nor Go may give here: packed with xz, one directory for each platform, with their digests. */
const usualPlace = fileURLToPath(new URL('../../../shared/prebuilt', import.meta.url));

async function digestOf(file: string): Promise<string> {
  const hash = createHash('sha256');
  await pipeline(createReadStream(file), hash);
  return hash.digest('hex');
}

/** The digests that a directory states for its programs, by name. */
async function statedDigests(directory: string): Promise<ReadonlyMap<string, string>> {
  const lines = (await readFile(path.join(directory, 'SHA256SUMS'), 'utf8')).trim().split('\n');
  return new Map(
    lines.map((line) => {
      const [digest = '', name = ''] = line.split(/\s+/);
      return [name, digest] as const;
    }),
  );
}

function sourceDirectory(): string {
  const named = process.env['GITOPS_LAB_PREBUILT'];
  const place = named === undefined || named === '' ? usualPlace : named;
  const architecture = process.arch === 'x64' ? 'amd64' : process.arch;
  return path.join(place, `${process.platform}-${architecture}`);
}

/** Whether there are prebuilt programs for this machine: in GITOPS_LAB_PREBUILT, else beside the checkout. */
export const hasPrebuilt = existsSync(path.join(sourceDirectory(), 'SHA256SUMS'));

/**
 * Unpacks the prebuilt programs into a directory of the test's own, which a user would name with GITOPS_LAB_TOOLS. Throws where there
 * are none, and where one is not what its digest says.
 */
export async function unpackPrebuilt(t: ExecutionContext): Promise<string> {
  const source = sourceDirectory();
  const packed = (await readdir(source)).filter((name) => name.endsWith('.xz'));
  const directory = await mkdtemp(path.join(tmpdir(), 'own programs '));
  t.teardown(async () => rm(directory, { recursive: true, force: true }));
  const digests = await statedDigests(source);
  for (const file of packed) {
    const name = file.slice(0, -'.xz'.length);
    const target = path.join(directory, name);
    const { stdout } = await execa('xz', ['--decompress', '--stdout', path.join(source, file)], {
      encoding: 'buffer',
      maxBuffer: Infinity,
    });
    await writeFile(target, stdout);
    await chmod(target, 0o755);
    if ((await digestOf(target)) !== digests.get(name))
      throw new Error(`${name} is not what its digest says`);
  }
  return directory;
}
