import { createHash } from 'node:crypto';
import { createReadStream, existsSync } from 'node:fs';
import { chmod, copyFile, cp, link, mkdir, mkdtemp, rename, rm, symlink, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { pipeline } from 'node:stream/promises';
import { create } from 'tar';
import type { ImageRecipe } from './image.ts';

/** Archives without times and owners of this machine, so that the same files give the same bytes. */
const reproducible = { portable: true, mtime: new Date(0), noPax: true, preservePaths: true } as const;

async function sha256Of(file: string): Promise<string> {
  const hash = createHash('sha256');
  await pipeline(createReadStream(file), hash);
  return hash.digest('hex');
}

async function stage(root: string, { files, folders = {}, links = {} }: ImageRecipe): Promise<void> {
  for (const [place, source] of Object.entries(folders)) {
    await cp(source, path.join(root, place), { recursive: true, verbatimSymlinks: true });
  }
  for (const [place, source] of Object.entries(files)) {
    const target = path.join(root, place);
    await mkdir(path.dirname(target), { recursive: true });
    await copyFile(source, target);
    await chmod(target, 0o755);
  }
  for (const [place, target] of Object.entries(links)) {
    await mkdir(path.dirname(path.join(root, place)), { recursive: true });
    await symlink(target, path.join(root, place));
  }
}

/** A layer of its own for what the recipe adds; undefined where it adds nothing. */
async function writeLayer(directory: string, recipe: ImageRecipe): Promise<string | undefined> {
  const { files, folders = {}, links = {} } = recipe;
  const places = Object.keys({ ...files, ...folders, ...links });
  if (places.length === 0) return undefined;
  const root = path.join(directory, 'root');
  await mkdir(root);
  await stage(root, recipe);
  const tops = [...new Set(places.map((place) => place.split('/')[1] ?? ''))];
  const file = path.join(directory, 'layer.tar');
  await create({ ...reproducible, cwd: root, file }, tops.sort());
  await rm(root, { recursive: true });
  return file;
}

/** The configuration of an image (https://github.com/opencontainers/image-spec/blob/main/config.md). */
function configOf(recipe: ImageRecipe, architecture: string, layers: readonly string[]): string {
  const { entrypoint, environment = {}, user, workingDirectory } = recipe;
  const path = 'PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin';
  return JSON.stringify({
    architecture,
    os: 'linux',
    config: {
      Env: [path, ...Object.entries(environment).map(([name, value]) => `${name}=${value}`)],
      Entrypoint: entrypoint,
      ...(user === undefined ? {} : { User: user }),
      ...(workingDirectory === undefined ? {} : { WorkingDir: workingDirectory }),
    },
    rootfs: { type: 'layers', diff_ids: layers.map((sha256) => `sha256:${sha256}`) },
    history: layers.map(() => ({ created_by: 'gitops-lab' })),
  });
}

/** An image of an archive. */
export interface ArchivedImage {
  readonly recipe: ImageRecipe;
  /** What the image is called, by every one of these names. */
  readonly references: readonly string[];
  /** As Go calls it: `amd64`. */
  readonly architecture: string;
  /** The archive of the recipe's base; undefined where it has none. */
  readonly base: string | undefined;
}

interface ManifestEntry {
  readonly Config: string;
  readonly RepoTags: readonly string[];
  readonly Layers: readonly string[];
}

/** Names a layer by its digest in the directory; returns the digest. */
async function takeLayer(directory: string, layer: string, isOurs: boolean): Promise<string> {
  const sha256 = await sha256Of(layer);
  const name = path.join(directory, `${sha256}.tar`);
  if (isOurs) await rename(layer, name);
  // The base is kept for the next image, and lies on the same disk as a rule; the next one finds it here.
  else if (!existsSync(name)) await link(layer, name).catch(async () => copyFile(layer, name));
  return sha256;
}

/** Puts the layers and the configuration of an image into the directory. */
async function addImage(directory: string, image: ArchivedImage): Promise<ManifestEntry> {
  const { recipe, references, architecture, base } = image;
  const layer = await writeLayer(directory, recipe);
  const layers = [
    ...(base === undefined ? [] : [await takeLayer(directory, base, false)]),
    ...(layer === undefined ? [] : [await takeLayer(directory, layer, true)]),
  ];
  const config = configOf(recipe, architecture, layers);
  const configName = `${createHash('sha256').update(config).digest('hex')}.json`;
  await writeFile(path.join(directory, configName), config);
  return { Config: configName, RepoTags: references, Layers: layers.map((sha256) => `${sha256}.tar`) };
}

/** The older index of an archive, repository -> tag -> layer: where there are several images, kind reads their names here alone. */
function repositoriesOf(manifest: readonly ManifestEntry[]): object {
  const repositories: Record<string, Record<string, string>> = {};
  for (const { RepoTags, Layers } of manifest) {
    for (const reference of RepoTags) {
      const colon = reference.lastIndexOf(':');
      const tags = (repositories[reference.slice(0, colon)] ??= {});
      tags[reference.slice(colon + 1)] = (Layers.at(-1) ?? '').replace(/\.tar$/, '');
    }
  }
  return repositories;
}

/**
 * Writes images as `docker save` does (https://github.com/moby/moby/blob/master/image/spec/v1.2.md), so that Docker, Podman,
 * kind and containerd load them; no container engine is needed.
 */
export async function writeImagesArchive(images: readonly ArchivedImage[], file: string): Promise<void> {
  const parent = path.dirname(file);
  await mkdir(parent, { recursive: true });
  const directory = await mkdtemp(path.join(parent, '.image-'));
  try {
    const manifest: ManifestEntry[] = [];
    for (const image of images) manifest.push(await addImage(directory, image));
    await writeFile(path.join(directory, 'repositories'), JSON.stringify(repositoriesOf(manifest)));
    await writeFile(path.join(directory, 'manifest.json'), JSON.stringify(manifest));
    const named = manifest.flatMap(({ Config, Layers }) => [Config, ...Layers]);
    const names = [...new Set(['repositories', 'manifest.json', ...named])];
    await create({ ...reproducible, cwd: directory, file: `${file}.part` }, names);
    await rename(`${file}.part`, file);
  } finally {
    await rm(directory, { recursive: true, force: true });
  }
}

/** Writes one image to an archive of its own. */
export async function writeImageArchive({
  file,
  ...image
}: ArchivedImage & { readonly file: string }): Promise<void> {
  await writeImagesArchive([image], file);
}
