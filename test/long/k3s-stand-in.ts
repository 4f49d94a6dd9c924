import { randomBytes } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import os, { tmpdir } from 'node:os';
import path from 'node:path';
import type { ContainerEngine } from '../../lab/containers/container-engine.ts';
import { writeImageArchive } from '../../lab/images/image-archive.ts';
import type { ImageRecipe } from '../../lab/images/image.ts';
import { platformOf } from '../../lab/toolchain/platform.ts';

/** Says what k3s says when it is up, unless its host is called slow, and stays; there is no API server in it. */
const k3s = `#!/bin/sh
trap 'exit 0' TERM
echo "$@"
case "$HOSTNAME" in slow*) ;; *) echo 'Node controller sync successful' ;; esac
while :; do sleep 0.2; done
`;

/** Keeps the names of the images that it is given, and does no more. */
const ctr = `#!/bin/sh
test "$*" = "--namespace k8s.io images import $5" && tar -xOf "$5" manifest.json >>/imported
`;

const kubeconfig = `apiVersion: v1
kind: Config
current-context: default
contexts: [{ name: default, context: { cluster: default, user: default } }]
clusters: [{ name: default, cluster: { server: 'https://127.0.0.1:6443' } }]
users: [{ name: default, user: { token: none } }]
`;

/** Has the engine load an image under a name of its own. */
async function loadImage(
  engine: ContainerEngine,
  directory: string,
  { name, recipe, base }: { name: string; recipe: ImageRecipe; base: string | undefined },
): Promise<string> {
  const reference = `gitops-lab-test/${name}:${randomBytes(4).toString('hex')}`;
  const file = path.join(directory, `${name}.tar`);
  const { arch: architecture } = platformOf('linux', os.arch());
  await writeImageArchive({ recipe, references: [reference], architecture, base, file });
  await engine.run(['load', '--input', file]);
  await rm(file);
  return reference;
}

/** Images for tests of the machinery of k3s labs where k3s itself can't be had. */
interface StandIns {
  /** Behaves towards testcontainers as k3s does. */
  readonly k3s: string;
  /** One that the engine has, and that nodes may be given. */
  readonly small: string;
  /** How one is made that the engine does not have. */
  readonly recipe: ImageRecipe;
  readonly remove: () => Promise<void>;
}

/** Makes the images; `base` is the archive of a Debian file system. */
export async function makeStandIns(engine: ContainerEngine, base: string): Promise<StandIns> {
  const directory = await mkdtemp(path.join(tmpdir(), 'k3s stand-in '));
  const fileWith = async (name: string, text: string): Promise<string> => {
    const file = path.join(directory, name);
    await writeFile(file, text);
    return file;
  };
  const program = await fileWith('k3s', k3s);
  const files = {
    '/usr/local/bin/k3s': program,
    '/usr/local/bin/ctr': await fileWith('ctr', ctr),
    '/etc/rancher/k3s/k3s.yaml': await fileWith('k3s.yaml', kubeconfig),
  };
  const recipe: ImageRecipe = { files: { '/program': program }, entrypoint: ['/program'] };
  const made = [
    await loadImage(engine, directory, {
      name: 'k3s',
      recipe: { base: 'debian', files, entrypoint: ['/usr/local/bin/k3s'] },
      base,
    }),
    await loadImage(engine, directory, { name: 'small', recipe, base: undefined }),
  ] as const;
  return {
    k3s: made[0],
    small: made[1],
    recipe,
    remove: async () => {
      await rm(directory, { recursive: true });
      await engine.run(['image', 'rm', '--force', ...made]);
    },
  };
}
