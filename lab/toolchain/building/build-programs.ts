import { copyFile, rename } from 'node:fs/promises';
import path from 'node:path';
import type { GoPin } from '../pin.ts';
import type { WorkContext } from '../work-context.ts';
import { copyTree } from './copy-tree.ts';
import { moduleDirectory, moduleFolders, runGo, type BuildPlace } from './go-command.ts';

/** Compiles a pin's programs from `sourceDirectory` into `target`. */
export async function compile(
  pin: GoPin,
  sourceDirectory: string,
  target: string,
  place: BuildPlace,
  context: WorkContext,
): Promise<void> {
  const linkerFlags = ['-s', '-w', ...pin.linkerFlags].join(' ');
  const packages = pin.programs.map((program) => program.package);
  const tags = pin.tags === undefined ? [] : ['-tags', pin.tags.join()];
  const flags = ['-v', '-trimpath', '-buildvcs=false', '-ldflags', linkerFlags, '-o', `${target}${path.sep}`];
  await runGo(['build', ...tags, ...flags, ...packages], sourceDirectory, place, context);
  for (const { name, builtAs } of pin.programs) {
    if (builtAs !== undefined) await rename(path.join(target, builtAs), path.join(target, name));
  }
}

/** Copies a module folder to where it can be written to, with the folders of the module that its program embeds. */
async function layOutEmbedded(
  { module, folder }: GoPin,
  embedded: readonly string[],
  place: BuildPlace,
  context: WorkContext,
): Promise<string> {
  const source = path.join(place.scratch, folder);
  await copyTree(path.join(moduleFolders, folder), source);
  const upstream = await moduleDirectory(module, folder, place, context);
  for (const name of embedded) await copyTree(path.join(upstream, name), path.join(source, 'static', name));
  return source;
}

/** Builds a pin's programs in its module folder, and adds the files that are taken from the module as they are. */
export async function buildPrograms(
  pin: GoPin,
  target: string,
  place: BuildPlace,
  context: WorkContext,
): Promise<void> {
  const { embeddedFolders } = pin;
  const source =
    embeddedFolders === undefined
      ? path.join(moduleFolders, pin.folder)
      : await layOutEmbedded(pin, embeddedFolders, place, context);
  await compile(pin, source, target, place, context);
  const moduleFiles = Object.entries(pin.moduleFiles ?? {});
  if (moduleFiles.length === 0) return;
  const directory = await moduleDirectory(pin.module, pin.folder, place, context);
  for (const [name, file] of moduleFiles) await copyFile(path.join(directory, file), path.join(target, name));
}
