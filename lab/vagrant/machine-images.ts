import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { ContainerEngine } from '../containers/container-engine.ts';
import type { NodeImages } from '../pods/image-shelf.ts';
import type { Machines } from './machines.ts';

/** Where containerd keeps the images of Kubernetes (https://github.com/containerd/containerd/blob/main/docs/cri/crictl.md). */
const importImages = 'ctr --namespace k8s.io images import --digests --snapshotter overlayfs -';

/** Brings images to machines by SSH. */
export function machineImages(
  { run }: Pick<ContainerEngine, 'run'>,
  { names, onMachine }: Pick<Machines, 'names' | 'onMachine'>,
): NodeImages {
  const loadArchive: NodeImages['loadArchive'] = async (file) => {
    for (const name of names) await onMachine(name, importImages, file);
  };
  return {
    loadArchive,
    loadFromEngine: async (references, signal) => {
      const directory = await mkdtemp(path.join(tmpdir(), 'gitops-lab-images-'));
      const file = path.join(directory, 'images.tar');
      try {
        await run(['save', '--output', file, ...references], signal);
        await loadArchive(file, signal);
      } finally {
        await rm(directory, { recursive: true, force: true });
      }
    },
  };
}
