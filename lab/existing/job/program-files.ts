import { existsSync } from 'node:fs';
import { cp, mkdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import * as z from 'zod';

/** What of this program's directory makes it run. */
const parts = [
  'cli.ts',
  'cli',
  'common',
  'lab',
  'playbooks',
  'reports',
  'scenarios',
  'vagrant',
  'package.json',
  'tsconfig.json',
  'LICENSE',
];

const Lock = z.object({
  packages: z.record(z.string(), z.object({ dev: z.boolean().exactOptional() })),
});

/** The folders of the packages that the program needs to run, by the lock file (https://docs.npmjs.com/cli/configuring-npm/package-lock-json); optional ones of other machines are not there. */
export function runtimePackages(lock: unknown): string[] {
  return Object.entries(Lock.parse(lock).packages)
    .filter(([folder, { dev }]) => folder.startsWith('node_modules/') && dev !== true)
    .map(([folder]) => folder);
}

/** Whether a file of the program's directory is of no use to who only runs it: runs that were made here, and tests. */
export function isLeftOut(relative: string): boolean {
  return /^reports\/runs(?:\/|$)/.test(relative) || relative.endsWith('.test.ts');
}

/** Copies the program, as it lies in `from`, with the packages that it needs to run and nothing that only its makers need. */
export async function copyProgram(from: string, to: string): Promise<void> {
  const relativeOf = (file: string): string => path.relative(from, file).replaceAll(path.sep, '/');
  for (const part of parts) {
    await cp(path.join(from, part), path.join(to, part), {
      recursive: true,
      filter: (file) => !isLeftOut(relativeOf(file)),
    });
  }
  const lock: unknown = JSON.parse(await readFile(path.join(from, 'package-lock.json'), 'utf8'));
  for (const folder of runtimePackages(lock)) {
    const source = path.join(from, folder);
    if (!existsSync(source)) continue;
    await mkdir(path.dirname(path.join(to, folder)), { recursive: true });
    await cp(source, path.join(to, folder), {
      recursive: true,
      // Packages below a package have entries of their own.
      filter: (file) => path.relative(source, file).split(path.sep)[0] !== 'node_modules',
    });
  }
}
