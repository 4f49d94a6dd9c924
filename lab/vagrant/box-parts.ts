import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';

/** What a box is made by, besides the image of machines. */
export const boxRecipe = path.join(import.meta.dirname, '..', '..', 'vagrant', 'box');

/** How large a machine's disk may grow; what is not used of it takes no room. */
const diskGigabytes = 20;

/** The files of a box; the first two belong to every box, the others to those of libvirt that start without a boot loader. */
export const boxFiles = ['metadata.json', 'Vagrantfile', 'vmlinuz', 'initrd.img', 'box.img'] as const;

/** What Vagrant has to know of a box (https://vagrant-libvirt.github.io/vagrant-libvirt/boxes.html). */
export function boxMetadata(): string {
  const metadata = { provider: 'libvirt', format: 'qcow2', virtual_size: diskGigabytes };
  return `${JSON.stringify(metadata)}\n`;
}

/** A digest of names and contents of all files below a directory. */
export async function digestOfTree(directory: string): Promise<string> {
  const hash = createHash('sha256');
  const entries = await readdir(directory, { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile()).map((one) => path.join(one.parentPath, one.name));
  for (const file of files.sort()) {
    hash.update(`${path.relative(directory, file)}\n`).update(await readFile(file));
  }
  return hash.digest('hex');
}

/**
 * What a container of the machine's image does to write its own file system down as a disk. It sees that at a second place, where
 * nothing is mounted over it; there, what makes systemd take it for a container goes, and each machine shall name itself.
 */
const diskSteps = [
  'cp --dereference /vmlinuz /initrd.img /out/',
  'mount --bind / /mnt',
  'rm -f /mnt/.dockerenv',
  ': > /mnt/etc/machine-id',
  String.raw`printf '127.0.0.1 localhost\n::1 localhost\n' > /mnt/etc/hosts`,
  `mke2fs -q -t ext4 -L machine -m 0 -d /mnt /out/disk.raw ${diskGigabytes}G`,
];

/** The arguments by which Docker or Podman runs a container that puts disk, kernel and first file system into a directory. */
export function diskArguments(image: string, container: string, directory: string): string[] {
  return [
    ...['run', '--rm', '--name', container, '--privileged', '--network', 'none'],
    ...['--volume', `${directory}:/out`, '--entrypoint', 'sh', image, '-c', diskSteps.join(' && ')],
  ];
}
