import path from 'node:path';
import envPaths from 'env-paths';
import { wrongUsage } from '../../common/explained-error.ts';

/** The directory of what is kept for this user. */
export function dataDirectory(environment: NodeJS.ProcessEnv = process.env): string {
  const configured = environment['XDG_DATA_HOME'];
  // The XDG base directory specification has relative paths ignored.
  const isUsable = configured !== undefined && path.isAbsolute(configured);
  return isUsable ? path.join(configured, 'gitops-lab') : envPaths('gitops-lab', { suffix: '' }).data;
}

/** The directory that holds every lab of this user, each in a directory of its own. */
export function labsDirectory(environment: NodeJS.ProcessEnv = process.env): string {
  return path.join(dataDirectory(environment), 'labs');
}

/** Throws an explained error unless `name` can be a directory, a certificate's name and a kubeconfig context at once. */
export function demandLabName(name: string): void {
  if (/^[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?$/.test(name)) return;
  throw wrongUsage(
    `"${name}" is no name for a lab`,
    'use at most 63 lower-case letters, digits and dashes, with no dash at either end',
  );
}
