import { chmod, readFile, stat, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { z } from 'zod';
import { digestOf, digestOfFile } from './digest.ts';
import { isProgram, origins } from './tool.ts';

const manifestName = 'tool.json';

const fileSchema = z.strictObject({ sha256: z.string(), sizeBytes: z.number(), modifiedMs: z.number() });

const manifestSchema = z.strictObject({
  name: z.string(),
  version: z.string(),
  origin: z.enum(origins),
  source: z.string(),
  files: z.record(z.string(), fileSchema),
});

type Manifest = z.infer<typeof manifestSchema>;

/** A program, or a set of them, in a directory of its own. */
export interface Installed {
  readonly name: string;
  readonly version: string;
  readonly origin: Manifest['origin'];
  readonly source: string;
  readonly sha256: string;
  readonly files: Readonly<Record<string, string>>;
}

/** What a directory of the cache holds. */
export type CacheEntry =
  | { readonly state: 'absent' }
  | { readonly state: 'damaged'; readonly why: string }
  | { readonly state: 'whole'; readonly installed: Installed };

/** The digest of a set of files: that of the one file, or of `sha256sum`'s listing, sorted by name. */
export function digestOfSet(digests: Readonly<Record<string, string>>): string {
  const entries = Object.entries(digests).sort(([left], [right]) => (left < right ? -1 : 1));
  const [first, ...others] = entries;
  if (first !== undefined && others.length === 0) return first[1];
  return digestOf(entries.map(([name, digest]) => `${digest}  ${name}\n`).join(''));
}

async function describeFile(file: string): Promise<Manifest['files'][string]> {
  const { size, mtimeMs } = await stat(file);
  return { sha256: await digestOfFile(file), sizeBytes: size, modifiedMs: mtimeMs };
}

/** Writes the manifest of a directory that has just been filled; the files are made executable unless they are none that is run. */
export async function writeManifest(
  directory: string,
  fileNames: readonly string[],
  identity: Omit<Manifest, 'files'>,
): Promise<void> {
  const files: Manifest['files'] = {};
  for (const name of fileNames) {
    const file = path.join(directory, name);
    await chmod(file, isProgram(name) ? 0o755 : 0o644);
    files[name] = await describeFile(file);
  }
  await writeFile(path.join(directory, manifestName), `${JSON.stringify({ ...identity, files }, null, 2)}\n`);
}

async function whyDamaged(file: string, recorded: Manifest['files'][string]): Promise<string | undefined> {
  const found = await stat(file).catch(() => undefined);
  const name = path.basename(file);
  if (found === undefined) return `${name} is gone`;
  if (found.size !== recorded.sizeBytes) {
    return `${name} has ${found.size} bytes instead of ${recorded.sizeBytes}`;
  }
  const isUntouched = found.mtimeMs === recorded.modifiedMs;
  if (isUntouched || (await digestOfFile(file)) === recorded.sha256) return undefined;
  return `${name} is not what was installed (SHA-256)`;
}

async function readManifest(directory: string): Promise<Manifest | undefined> {
  const text = await readFile(path.join(directory, manifestName), 'utf8').catch(() => undefined);
  if (text === undefined) return undefined;
  try {
    return manifestSchema.parse(JSON.parse(text));
  } catch {
    return undefined;
  }
}

/** Looks at a directory of the cache; a file is only read in full where its size is right and its time is not. */
export async function inspectEntry(directory: string): Promise<CacheEntry> {
  if ((await stat(directory).catch(() => undefined)) === undefined) return { state: 'absent' };
  const manifest = await readManifest(directory);
  if (manifest === undefined) return { state: 'damaged', why: `${manifestName} can't be read` };
  for (const [name, recorded] of Object.entries(manifest.files)) {
    const why = await whyDamaged(path.join(directory, name), recorded);
    if (why !== undefined) return { state: 'damaged', why };
  }
  const digests = Object.entries(manifest.files).map(([name, { sha256 }]) => [name, sha256] as const);
  const files = Object.keys(manifest.files).map((name) => [name, path.join(directory, name)] as const);
  const { name, version, origin, source } = manifest;
  const sha256 = digestOfSet(Object.fromEntries(digests));
  return {
    state: 'whole',
    installed: { name, version, origin, source, sha256, files: Object.fromEntries(files) },
  };
}
