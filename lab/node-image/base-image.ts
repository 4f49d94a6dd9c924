import { chmod, copyFile, link, mkdir, readFile, readdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { copyTree } from '../toolchain/building/copy-tree.ts';
import { fileOf } from '../toolchain/file-of.ts';
import { baseFilesOf, containerdConfiguration, restrictOomScores } from './kind-source.ts';
import { programsOf, type Tools } from './node-tools.ts';

/**
 * The Dockerfile of a node without Kubernetes, which kind calls its base image. What it does to Debian is what kind's own
 * does (https://github.com/kubernetes-sigs/kind/blob/main/images/base/Dockerfile): a container has no devices, disks and
 * consoles to bring up, so nothing is booted but kind's own services.
 */
export function baseDockerfile(labels: Readonly<Record<string, string>>): string {
  const units = '/lib/systemd/system';
  const unwanted = [
    `${units}/multi-user.target.wants/*`,
    `${units}/local-fs.target.wants/*`,
    `${units}/basic.target.wants/*`,
    `${units}/sockets.target.wants/*udev*`,
    `${units}/sockets.target.wants/*initctl*`,
    `${units}/sysinit.target.wants/systemd-tmpfiles-setup.service`,
    '/etc/systemd/system/*.wants/*',
  ];
  const steps = [
    `rm -f ${unwanted.join(' ')}`,
    'echo ReadKMsg=no >> /etc/systemd/journald.conf',
    'ln -sf /lib/systemd/systemd /sbin/init',
    'systemctl enable kubelet.service containerd.service undo-mount-hacks.service',
    'systemctl mask systemd-binfmt.service',
    `ctr oci spec | jq '.hooks.createContainer += [{path: "/kind/bin/mount-product-files.sh"}] | del(.process.rlimits)' > /etc/containerd/cri-base.json`,
  ];
  return [
    'FROM scratch',
    'ADD debian-node.tar /',
    'COPY files/ /',
    `RUN ${steps.join(' && ')}`,
    'ENV container=docker',
    'STOPSIGNAL SIGRTMIN+3',
    'ENTRYPOINT ["/usr/local/bin/entrypoint", "/sbin/init"]',
    ...Object.entries(labels).map(([name, value]) => `LABEL ${name}=${JSON.stringify(value)}`),
    '',
  ].join('\n');
}

/** Makes files readable by all, and those of directories of programs executable; the module cache does not tell. */
async function setModes(directory: string): Promise<void> {
  for (const entry of await readdir(directory, { recursive: true, withFileTypes: true })) {
    const isProgram = /[/\\]bin$/.test(entry.parentPath);
    const mode = entry.isDirectory() || isProgram ? 0o755 : 0o644;
    await chmod(path.join(entry.parentPath, entry.name), mode);
  }
}

async function install(programs: Readonly<Record<string, string>>, directory: string): Promise<void> {
  await mkdir(directory, { recursive: true });
  for (const [name, file] of Object.entries(programs)) await copyFile(file, path.join(directory, name));
}

/** Lays out in `directory` what `baseDockerfile` is built from; `module` is the directory of kind's module. */
export async function layOutBase(directory: string, module: string, tools: Tools): Promise<void> {
  const files = path.join(directory, 'files');
  await copyTree(baseFilesOf(module), files);
  const configuration = path.join(files, containerdConfiguration);
  await writeFile(configuration, restrictOomScores(await readFile(configuration, 'utf8')));
  await install(
    {
      ...programsOf(tools, 'containerd', ['containerd', 'ctr', 'containerd-shim-runc-v2']),
      ...programsOf(tools, 'crictl', ['crictl']),
    },
    path.join(files, 'usr', 'local', 'bin'),
  );
  await install(
    programsOf(tools, 'cni-plugins', ['host-local', 'loopback', 'ptp', 'portmap']),
    path.join(files, 'opt', 'cni', 'bin'),
  );
  await mkdir(path.join(files, 'etc', 'kubernetes', 'manifests'), { recursive: true });
  await setModes(files);
  const archive = fileOf(tools, 'debian-node', 'debian-node.tar');
  const there = path.join(directory, 'debian-node.tar');
  await link(archive, there).catch(async () => copyFile(archive, there));
}
