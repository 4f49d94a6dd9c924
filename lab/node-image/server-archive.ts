import { copyFile, mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { create } from 'tar';
import { writeImagesArchive } from '../images/image-archive.ts';
import { fileOf } from '../toolchain/file-of.ts';
import type { Tools } from './node-tools.ts';
import type { PreloadedImages } from './preloaded-images.ts';

/** Fast and large: it is unpacked again in a moment. */
const gzip = { level: 1 } as const;

/**
 * Writes what a release of Kubernetes ships as `kubernetes-server-linux-ARCH.tar.gz`, as far as `kind build node-image` reads it
 * (https://github.com/kubernetes-sigs/kind/blob/main/pkg/build/nodeimage/internal/kube/builder_tarball.go). kind loads four archives
 * of images and pulls what they don't name, so the one of kube-proxy holds all others, too. Returns the file.
 */
export async function writeServerArchive(
  directory: string,
  version: string,
  images: PreloadedImages,
  tools: Tools,
): Promise<string> {
  const bin = path.join(directory, 'kubernetes', 'server', 'bin');
  await mkdir(bin, { recursive: true });
  await writeFile(path.join(directory, 'kubernetes', 'version'), `${version}\n`);
  for (const name of ['kubeadm', 'kubelet'])
    await copyFile(fileOf(tools, 'kubernetes-node', name), path.join(bin, name));
  await copyFile(fileOf(tools, 'kubectl', 'kubectl'), path.join(bin, 'kubectl'));
  for (const [name, image] of Object.entries(images.servers))
    await writeImagesArchive([image], path.join(bin, `${name}.tar`));
  await writeImagesArchive(images.others, path.join(bin, 'kube-proxy.tar'));
  const file = path.join(directory, 'server.tar.gz');
  await create({ cwd: directory, file, gzip, portable: true }, ['kubernetes']);
  return file;
}
