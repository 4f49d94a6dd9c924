import { cp, symlink } from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../..', import.meta.url));

/** What is in a checkout and no part of the project. */
const foreign = ['.git', 'node_modules', path.join('reports', 'runs'), path.join('vagrant', '.vagrant')];

/**
 * Copies this checkout to `directory`, which must not be there yet, so that what is typed in it leaves its runs there and finds no others. The packages are
 * those of this checkout; without them, `npm ci` is for whoever types. With them it must not be typed, for it would empty them.
 */
export async function makeCheckout(directory: string, { withPackages = true } = {}): Promise<string> {
  await cp(root, directory, {
    recursive: true,
    filter: (source) => {
      const name = path.relative(root, source);
      return !foreign.includes(name) && !name.endsWith('.tgz');
    },
  });
  if (withPackages) await symlink(path.join(root, 'node_modules'), path.join(directory, 'node_modules'));
  return directory;
}
