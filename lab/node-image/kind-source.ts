import { readFile } from 'node:fs/promises';
import path from 'node:path';
import type { ExplainedError } from '../../common/explained-error.ts';
import { unexpectedLayout } from '../toolchain/unexpected-layout.ts';

/** The names under which kind's nodes look for images besides those that kubeadm names. */
export interface KindImages {
  readonly network: string;
  readonly provisioner: string;
  readonly helper: string;
  readonly pause: string;
}

function unexpected(what: string): ExplainedError {
  return unexpectedLayout(what, 'version of kind', 'lab/toolchain/node-pins.ts');
}

/** A constant out of a Go source. */
export function constantOf(source: string, name: string): string {
  const found = new RegExp(`^const ${name} = "([^"]+)"$`, 'm').exec(source)?.[1];
  if (found === undefined) throw unexpected(`kind's sources do not say what ${name} is`);
  return found;
}

/** The image of the first process of pods, out of a configuration of containerd. */
export function pauseImageOf(configuration: string): string {
  const found = /^ *sandbox_image = "([^"]+)"$/m.exec(configuration)?.[1];
  if (found === undefined) throw unexpected("kind's configuration of containerd names no image for pods");
  return found;
}

/**
 * A configuration of containerd with which pods start where the node may not lower its OOM scores, because its machine
 * lacks CAP_SYS_RESOURCE; elsewhere the limit that it sets is too low to matter.
 */
export function restrictOomScores(configuration: string): string {
  const restricted = configuration.replace('restrict_oom_score_adj = false', 'restrict_oom_score_adj = true');
  if (restricted === configuration)
    throw unexpected("kind's configuration of containerd says nothing about OOM scores");
  return restricted;
}

/** The files that kind lays over Debian, in the directory of its module. */
export const baseFilesOf = (module: string): string => path.join(module, 'images', 'base', 'files');

/** Where containerd's configuration is, in a node and in those files. */
export const containerdConfiguration = 'etc/containerd/config.toml';

/** Reads the names out of the directory of kind's module. */
export async function readKindImages(module: string): Promise<KindImages> {
  const source = async (name: string): Promise<string> =>
    readFile(path.join(module, 'pkg', 'build', 'nodeimage', name), 'utf8');
  const storage = await source('const_storage.go');
  const configuration = await readFile(path.join(baseFilesOf(module), containerdConfiguration), 'utf8');
  return {
    network: constantOf(await source('const_cni.go'), 'kindnetdImage'),
    provisioner: constantOf(storage, 'storageProvisionerImage'),
    helper: constantOf(storage, 'storageHelperImage'),
    pause: pauseImageOf(configuration),
  };
}
