import { createHash } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { ContainerEngine } from '../containers/container-engine.ts';
import type { PodRuntime } from '../lab.ts';
import type { Platform } from '../toolchain/platform.ts';
import { debianBase } from './debian-base.ts';
import { writeImageArchive } from './image-archive.ts';
import type { ImageRecipe, NeededImage } from './image.ts';
import { sourceOf } from './image-source.ts';

/** How images get into all nodes of a cluster. */
export interface NodeLoader {
  /** Images that the container engine of this machine has. */
  readonly loadNamed: (references: readonly string[], signal: AbortSignal) => Promise<void>;
  /** An archive as `docker save` makes it. */
  readonly loadArchive: (file: string, signal: AbortSignal) => Promise<void>;
}

interface ShelfOptions {
  readonly engine: ContainerEngine;
  readonly loader: NodeLoader;
  readonly arch: Platform['arch'];
}

interface Shelf {
  readonly provide: PodRuntime['provideImages'];
  /** The published images so far that were made here. */
  readonly made: () => readonly string[];
}

/** Images of the same recipe, which go into one archive under all of their names. */
function byRecipe(
  images: readonly NeededImage[],
): Map<string, { recipe: ImageRecipe; references: string[] }> {
  const groups = new Map<string, { recipe: ImageRecipe; references: string[] }>();
  for (const { recipe, reference } of images) {
    if (recipe === undefined) continue;
    const key = createHash('sha256').update(JSON.stringify(recipe)).digest('hex');
    const known = groups.get(key);
    if (known === undefined) groups.set(key, { recipe, references: [reference] });
    else known.references.push(reference);
  }
  return groups;
}

/** Brings images into the nodes of a cluster. */
export function imageShelf({ engine, loader, arch }: ShelfOptions): Shelf {
  const standIns = new Set<string>();
  const loadMade = async (images: readonly NeededImage[], signal: AbortSignal): Promise<void> => {
    const directory = await mkdtemp(path.join(tmpdir(), 'gitops-lab-images-'));
    try {
      for (const { recipe, references } of byRecipe(images).values()) {
        const file = path.join(directory, 'image.tar');
        const base = recipe.base === undefined ? undefined : await debianBase();
        await writeImageArchive({ recipe, references, architecture: arch, base, file });
        await loader.loadArchive(file, signal);
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
      if (had.length > 0) await loader.loadNamed(had, signal);
      await loadMade(made, signal);
      for (const { reference, isPublished } of made) if (isPublished) standIns.add(reference);
    },
    made: () => [...standIns],
  };
}
