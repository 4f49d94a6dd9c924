import { execa } from 'execa';
import os from 'node:os';
import { ExplainedError } from '../../common/explained-error.ts';
import { makeImages } from '../images/make-images.ts';
import type { KubeAccess } from '../kube/kube-access.ts';
import type { ImageShelf } from '../pods/image-shelf.ts';
import { platformOf } from '../toolchain/platform.ts';
import { imagesLackedBy } from './nodes.ts';

interface ImagesOptions {
  readonly access: KubeAccess;
  readonly architectures: readonly string[];
  /** A command of the user's that brings an archive into the nodes: `kind load image-archive FILE --name mine`. */
  readonly loadCommand: string | undefined;
  /** Whether published images are made here, too, for nodes that can't pull them. */
  readonly makesPublished: boolean;
}

/** Stands for the file in a command of the user's. */
const placeholder = 'FILE';

/** Throws an explained error where the nodes can't run what this machine makes. */
export function demandArchitecture(architectures: readonly string[], own: string): void {
  const others = architectures.filter((one) => one !== own);
  if (others.length === 0) return;
  throw new ExplainedError({
    what: `images that are made here don't run on all nodes of the cluster`,
    why: `they are for ${own}, as this machine is, and there are nodes of ${others.join(', ')}`,
    next: 'run it on a machine like the nodes, or in the cluster as a Job (docs/labs/existing.md)',
  });
}

/** The command of the user's with a file in it; at its end where it does not say where. */
export function loadWords(command: string, file: string): string[] {
  const words = command.split(/\s+/).filter((word) => word !== '');
  return words.includes(placeholder)
    ? words.map((word) => (word === placeholder ? file : word))
    : [...words, file];
}

async function load(command: string, file: string, signal: AbortSignal): Promise<void> {
  const [program = '', ...args] = loadWords(command, file);
  const { exitCode, all, shortMessage } = await execa(program, args, {
    stdin: 'ignore',
    all: true,
    reject: false,
    cancelSignal: signal,
  });
  signal.throwIfAborted();
  if (exitCode === 0) return;
  throw new ExplainedError({
    what: `an image could not be loaded into the nodes: ${command}`,
    why: all.trim().split('\n').slice(-4).join('\n') || (shortMessage ?? 'it said nothing'),
    next: 'mend what --load-images says; the archive is in the format of docker save',
  });
}

function refuseUnloaded(images: readonly string[]): never {
  throw new ExplainedError({
    what: `the nodes lack images that no registry has: ${images.join(', ')}`,
    why: 'the application of the scenario is made here, and nodes of a cluster that is not the lab’s are not written to unasked',
    next: "say how an archive is brought into them, such as --load-images 'kind load image-archive FILE --name NAME'",
  });
}

/** Sees to it that nodes have the images that can't be pulled; published ones they pull as ever. */
export function imagesOfCluster({
  access,
  architectures,
  loadCommand,
  makesPublished,
}: ImagesOptions): ImageShelf {
  const made = new Set<string>();
  return {
    provide: async (images, signal) => {
      const ours = images.filter(({ isPublished }) => makesPublished || !isPublished);
      const lacked = await imagesLackedBy(
        access,
        ours.map(({ reference }) => reference),
      );
      const needed = ours.filter(({ reference }) => lacked.includes(reference));
      if (needed.length === 0) return;
      if (loadCommand === undefined) refuseUnloaded(lacked);
      const { arch } = platformOf('linux', os.arch());
      demandArchitecture(architectures, arch);
      await makeImages(needed, arch, async (file) => load(loadCommand, file, signal));
      for (const { reference, isPublished } of needed) if (isPublished) made.add(reference);
    },
    made: () => [...made],
  };
}
