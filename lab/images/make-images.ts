import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { byRecipe } from './by-recipe.ts';
import { debianBase } from './debian-base.ts';
import { writeImageArchive } from './image-archive.ts';
import type { NeededImage } from './image.ts';

/**
 * Makes the images that have a recipe, one archive for each recipe, and hands over the file of each, which is gone afterwards.
 * `architecture` is as Go calls it. Throws an explained error where one can't be made, and what `load` throws.
 */
export async function makeImages(
  images: readonly NeededImage[],
  architecture: string,
  load: (file: string) => Promise<void>,
): Promise<void> {
  const directory = await mkdtemp(path.join(tmpdir(), 'gitops-lab-images-'));
  try {
    const file = path.join(directory, 'image.tar');
    for (const { recipe, references } of byRecipe(images)) {
      const base = recipe.base === undefined ? undefined : await debianBase();
      await writeImageArchive({ recipe, references, architecture, base, file });
      await load(file);
    }
  } finally {
    await rm(directory, { recursive: true, force: true });
  }
}
