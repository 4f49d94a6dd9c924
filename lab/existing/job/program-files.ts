import { cp, mkdir } from 'node:fs/promises';
import path from 'node:path';
import { runtimePackages } from './runtime-packages.ts';

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

/** Whether a file of the program's directory is of no use to who only runs it: runs that were made here, and tests. */
export function isLeftOut(relative: string): boolean {
  return /^reports\/runs(?:\/|$)/.test(relative) || relative.endsWith('.test.ts');
}

/** The directory that holds the program with all of its packages: its own in a checkout, or else the one whose package it is. */
function rootOf(program: string, packages: readonly string[]): string {
  const isBelow = (root: string): boolean => packages.every((folder) => folder.startsWith(root + path.sep));
  const outer = program.slice(0, program.lastIndexOf(`${path.sep}node_modules${path.sep}`));
  const root = [program, outer].find(isBelow);
  if (root === undefined) throw new Error(`some packages of the program lie outside of ${outer}`);
  return root;
}

/**
 * Copies the program, as it lies in `from`, with the packages that it needs to run and nothing that only its makers need.
 * Returns where it is below `to`: packages keep their places to each other, or Node.js would find others.
 */
export async function copyProgram(from: string, to: string): Promise<string> {
  const packages = await runtimePackages(from);
  const root = rootOf(from, packages);
  const place = path.relative(root, from);
  const relativeOf = (file: string): string => path.relative(from, file).replaceAll(path.sep, '/');
  for (const part of parts) {
    await cp(path.join(from, part), path.join(to, place, part), {
      recursive: true,
      filter: (file) => !isLeftOut(relativeOf(file)),
    });
  }
  for (const source of packages) {
    const target = path.join(to, path.relative(root, source));
    await mkdir(path.dirname(target), { recursive: true });
    await cp(source, target, {
      recursive: true,
      // Packages below a package are copied by themselves.
      filter: (file) => path.relative(source, file).split(path.sep)[0] !== 'node_modules',
    });
  }
  return place;
}
