import { access } from 'node:fs/promises';
import path from 'node:path';
import { ExplainedError } from '../../common/explained-error.ts';
import { cacheOf } from '../toolchain/cache.ts';

/** The archive of a Debian file system with git and redis-server. Throws an explained error where it was not made yet. */
export async function debianBase(environment: NodeJS.ProcessEnv = process.env): Promise<string> {
  const file = path.join(cacheOf(environment).root, 'debian-base', 'rootfs.tar');
  try {
    await access(file);
    return file;
  } catch (error) {
    throw new ExplainedError({
      what: 'the base of the images that are made here is not there',
      why: 'images could not be pulled, and Argo CD and its cache need a file system with git and redis-server below them',
      next: 'make it: npm run lab -- node-image',
      cause: error,
    });
  }
}
