import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import type { ContainerEngine } from '../containers/container-engine.ts';
import { hasImage } from '../containers/engine-images.ts';
import { chooseNodeImage, kindsOwnImage } from '../containers/node-image.ts';
import { ExplainedError, messageOf } from '../../common/explained-error.ts';

/** What machines are made from. */
export interface MachineImage {
  readonly reference: string;
  /** Of what is in it, without a leading v. */
  readonly kubernetesVersion: string;
}

const recipe = path.join(import.meta.dirname, '..', '..', 'vagrant', 'machine');

async function digestOfRecipe(base: string): Promise<string> {
  const hash = createHash('sha256').update(base);
  for (const name of (await readdir(recipe)).sort()) hash.update(await readFile(path.join(recipe, name)));
  return hash.digest('hex').slice(0, 12);
}

/**
 * The image of machines: a node image of kind with an SSH server in it, which is built where it is not there yet; it stays, for the
 * next lab. Throws an explained error where it can't be made.
 */
export async function provideMachineImage(
  engine: ContainerEngine,
  environment: NodeJS.ProcessEnv,
  signal: AbortSignal,
): Promise<MachineImage> {
  const base = (await chooseNodeImage(engine, environment, signal)) ?? kindsOwnImage;
  const reference = `gitops-lab-machine:${await digestOfRecipe(base)}`;
  try {
    if (!(await hasImage(engine, reference, signal)))
      await engine.run(
        ['build', '--quiet', '--build-arg', `BASE=${base}`, '--tag', reference, recipe],
        signal,
      );
    const show = ['run', '--rm', '--network', 'none', '--entrypoint', 'cat', reference, '/kind/version'];
    const version = await engine.run(show, signal);
    return { reference, kubernetesVersion: version.trim().replace(/^v/, '') };
  } catch (error) {
    signal.throwIfAborted();
    throw new ExplainedError({
      what: 'the image of the machines could not be made',
      why: error instanceof ExplainedError ? (error.why ?? error.message) : messageOf(error),
      next: 'it needs a node image of kind and the packages of Debian; docs/labs/vagrant.md says what helps where one of them is out of reach',
      cause: error,
    });
  }
}
