import { createHash } from 'node:crypto';
import type { ImageRecipe, NeededImage } from './image.ts';

/** An image under all of its names. */
interface NamedRecipe {
  readonly recipe: ImageRecipe;
  readonly references: string[];
}

/** Images of the same recipe, which go into one archive under all of their names. */
export function byRecipe(images: readonly NeededImage[]): NamedRecipe[] {
  const groups = new Map<string, NamedRecipe>();
  for (const { recipe, reference } of images) {
    if (recipe === undefined) continue;
    const key = createHash('sha256').update(JSON.stringify(recipe)).digest('hex');
    const known = groups.get(key);
    if (known === undefined) groups.set(key, { recipe, references: [reference] });
    else known.references.push(reference);
  }
  return [...groups.values()];
}
