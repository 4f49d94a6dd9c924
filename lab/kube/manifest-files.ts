import { stringify } from 'yaml';
import type { LiveObject } from './objects.ts';

/** Objects as files of a folder, one each; texts that older YAML takes for something else are quoted. */
export function manifestFiles(folder: string, objects: readonly LiveObject[]): Record<string, string> {
  const documents = objects.map((object) => [
    `${folder}/${object.kind.toLowerCase()}-${object.metadata.name}.yaml`,
    stringify(object, { compat: 'yaml-1.1' }),
  ]);
  return Object.fromEntries(documents) as Record<string, string>;
}
