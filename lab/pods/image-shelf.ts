import { mkdtemp, rm } from 'node:fs/promises';
import os, { tmpdir } from 'node:os';
import path from 'node:path';
import type { ContainerEngine } from '../containers/container-engine.ts';
import { debianBase } from '../images/debian-base.ts';
import { byRecipe } from '../images/by-recipe.ts';
import { writeImageArchive } from '../images/image-archive.ts';
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

/** Brings images into the nodes of a cluster: those that the engine has or can pull, and else ones that are made here. */
export function imageShelf(engine: ContainerEngine, nodes: NodeImages): ImageShelf {
  const architecture = platformOf('linux', os.arch()).arch;
  const standIns = new Set<string>();
  const loadMade = async (images: readonly NeededImage[], signal: AbortSignal): Promise<void> => {
    const directory = await mkdtemp(path.join(tmpdir(), 'gitops-lab-images-'));
    try {
      for (const { recipe, references } of byRecipe(images)) {
        const file = path.join(directory, 'image.tar');
        const base = recipe.base === undefined ? undefined : await debianBase();
        await writeImageArchive({ recipe, references, architecture, base, file });
        await nodes.loadArchive(file, signal);
        await rm(file);
      }
    } finally {
      await rm(directory, { recursive: true, force: true });
    }
  };
  return {
    provide: async (images, signal) => {
      const made: NeededImage[] = [];
      const had: string[] = [];
      for (const image of images) {
        const origin = await sourceOf(engine, image, signal);
        if (origin === 'made') made.push(image);
        else had.push(image.reference);
      }
      if (had.length > 0) await nodes.loadFromEngine(had, signal);
      await loadMade(made, signal);
      for (const { reference, isPublished } of made) if (isPublished) standIns.add(reference);
    },
    made: () => [...standIns],
  };
}
