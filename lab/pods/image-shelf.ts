import os from 'node:os';
import type { ContainerEngine } from '../containers/container-engine.ts';
import { makeImages } from '../images/make-images.ts';
import type { NeededImage } from '../images/image.ts';
import { sourceOf } from '../images/image-source.ts';
import type { PodRuntime } from '../lab.ts';
import { platformOf } from '../toolchain/platform.ts';

/** How images are brought into the nodes of a cluster. */
export interface NodeImages {
  /** Brings in an archive as `docker save` writes it. Throws an explained error, or the signal's reason. */
  readonly loadArchive: (file: string, signal: AbortSignal) => Promise<void>;
  /** Brings in images that the container engine of this machine has. Throws an explained error, or the signal's reason. */
  readonly loadFromEngine: (references: readonly string[], signal: AbortSignal) => Promise<void>;
}

/** Where a lab of pods gets its images from. */
export interface ImageShelf {
  readonly provide: PodRuntime['provideImages'];
  /** The published images so far that were made here. */
  readonly made: () => readonly string[];
}

/** A shelf of nodes that can be made anew. */
export interface LastingShelf extends ImageShelf {
  /** Brings all that was provided so far to nodes that came later. Throws an explained error, or the signal's reason. */
  readonly provideAgain: (nodes: NodeImages, signal: AbortSignal) => Promise<void>;
}

/** Brings images into the nodes of a cluster: those that the engine has or can pull, and else ones that are made here. */
export function imageShelf(engine: ContainerEngine, nodes: NodeImages): LastingShelf {
  const architecture = platformOf('linux', os.arch()).arch;
  const standIns = new Set<string>();
  const provided = new Map<string, NeededImage>();
  const bring = async (
    images: Iterable<NeededImage>,
    { loadArchive, loadFromEngine }: NodeImages,
    signal: AbortSignal,
  ): Promise<void> => {
    const made: NeededImage[] = [];
    const had: string[] = [];
    for (const image of images) {
      const origin = await sourceOf(engine, image, signal);
      if (origin === 'made') made.push(image);
      else had.push(image.reference);
    }
    if (had.length > 0) await loadFromEngine(had, signal);
    await makeImages(made, architecture, async (file) => loadArchive(file, signal));
    for (const { reference, isPublished } of made) if (isPublished) standIns.add(reference);
  };
  return {
    provide: async (images, signal) => {
      await bring(images, nodes, signal);
      for (const image of images) provided.set(image.reference, image);
    },
    provideAgain: async (others, signal) => bring(provided.values(), others, signal),
    made: () => [...standIns],
  };
}
