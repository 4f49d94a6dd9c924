import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import * as z from 'zod';

const Names = z.record(z.string(), z.string()).default({});

const Package = z.object({
  dependencies: Names,
  optionalDependencies: Names,
  peerDependencies: Names,
});

/** The folder of a package that a module in `from` would be given (https://nodejs.org/api/modules.html#loading-from-node_modules-folders). */
function folderOf(name: string, from: string): string | undefined {
  const folder = path.join(from, 'node_modules', name);
  if (existsSync(path.join(folder, 'package.json'))) return folder;
  const above = path.dirname(from);
  return above === from ? undefined : folderOf(name, above);
}

async function neededBy(folder: string): Promise<string[]> {
  const read = Package.parse(JSON.parse(await readFile(path.join(folder, 'package.json'), 'utf8')));
  const { dependencies, optionalDependencies, peerDependencies } = read;
  // What is optional, or asked of others, may be missing: the program runs here without it.
  const needed = { ...dependencies, ...optionalDependencies, ...peerDependencies };
  return Object.keys(needed)
    .map((name) => folderOf(name, folder))
    .filter((found) => found !== undefined);
}

/** The folders of all packages that a program needs to run, in a checkout and where it is a package of others itself. */
export async function runtimePackages(program: string): Promise<string[]> {
  const found = new Set([program]);
  // A set goes on with what is added meanwhile.
  for (const folder of found) for (const needed of await neededBy(folder)) found.add(needed);
  return [...found].slice(1);
}
