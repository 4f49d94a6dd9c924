import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { ContainerEngine } from '../containers/container-engine.ts';
import { debianBase } from '../images/debian-base.ts';
import { byRecipe } from '../images/by-recipe.ts';
import { writeImageArchive } from '../images/image-archive.ts';
import type { NeededImage } from '../images/image.ts';
import { sourceOf } from '../images/image-source.ts';
import type { PodRuntime } from '../lab.ts';
import type { Platform } from '../toolchain/platform.ts';
import type { KindProgram } from './kind-program.ts';

interface ShelfOptions {
  readonly engine: ContainerEngine;
  readonly kind: KindProgram;
  readonly cluster: string;
  readonly arch: Platform['arch'];
}

interface Shelf {
  readonly provide: PodRuntime['provideImages'];
  /** The published images so far that were made here. */
  readonly made: () => readonly string[];
}

/** Brings images into the nodes of a cluster. */
export function imageShelf({ engine, kind, cluster, arch }: ShelfOptions): Shelf {
  const standIns = new Set<string>();
  const loadMade = async (images: readonly NeededImage[], signal: AbortSignal): Promise<void> => {
    const directory = await mkdtemp(path.join(tmpdir(), 'gitops-lab-images-'));
    try {
      for (const { recipe, references } of byRecipe(images)) {
        const file = path.join(directory, 'image.tar');
        const base = recipe.base === undefined ? undefined : await debianBase();
        await writeImageArchive({ recipe, references, architecture: arch, base, file });
        await kind.run(['load', 'image-archive', file, '--name', cluster], signal);
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
      if (had.length > 0) await kind.run(['load', 'docker-image', ...had, '--name', cluster], signal);
      await loadMade(made, signal);
      for (const { reference, isPublished } of made) if (isPublished) standIns.add(reference);
    },
    made: () => [...standIns],
  };
}
