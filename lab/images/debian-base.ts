import { ExplainedError } from '../../common/explained-error.ts';
import { ownCommand } from '../../common/own-command.ts';
import { findTool } from '../toolchain/find-tool.ts';

/** The archive of a Debian file system with git and redis-server. Throws an explained error where it was not made yet. */
export async function debianBase(environment: NodeJS.ProcessEnv = process.env): Promise<string> {
  const file = (await findTool('debian-base', environment))?.files['debian-base.tar'];
  if (file !== undefined) return file;
  throw new ExplainedError({
    what: 'the base of the images that are made here is not there',
    why: 'images could not be pulled, and Argo CD and its cache need a file system with git and redis-server below them',
    next: `make it: ${ownCommand('toolchain', 'debian-base')}; docs/labs/offline.md says what that needs`,
  });
}
