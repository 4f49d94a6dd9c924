import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { StartedTestContainer } from 'testcontainers';
import { ExplainedError } from '../../common/explained-error.ts';
import type { ContainerEngine } from '../containers/container-engine.ts';
import type { NodeImages } from '../pods/image-shelf.ts';

/** The containerd namespace of Kubernetes (https://github.com/containerd/containerd/blob/main/docs/cri/crictl.md). */
const importing = ['ctr', '--namespace', 'k8s.io', 'images', 'import'];

type NodeContainer = Pick<StartedTestContainer, 'copyFilesToContainer' | 'exec'>;

/** Brings images into the containerd of a k3s container. */
export function k3sImages(engine: ContainerEngine, container: NodeContainer): NodeImages {
  let copied = 0;
  const loadArchive: NodeImages['loadArchive'] = async (file, signal) => {
    copied += 1;
    const target = `/gitops-lab-images-${copied}.tar`;
    await container.copyFilesToContainer([{ source: file, target }]);
    signal.throwIfAborted();
    const { exitCode, output } = await container.exec([...importing, target]);
    await container.exec(['rm', target]);
    signal.throwIfAborted();
    if (exitCode === 0) return;
    throw new ExplainedError({
      what: 'an image could not be brought into the node',
      why: output.trim() || `${importing.join(' ')} ended with exit code ${exitCode}`,
      next: 'make room on the disk of the container engine, or look for the cause in k3s.log of the lab',
    });
  };
  return {
    loadArchive,
    loadFromEngine: async (references, signal) => {
      const directory = await mkdtemp(path.join(tmpdir(), 'gitops-lab-images-'));
      const file = path.join(directory, 'image.tar');
      try {
        for (const reference of references) {
          await engine.run(['save', '--output', file, reference], signal);
          await loadArchive(file, signal);
          // Podman does not write over a file.
          await rm(file);
        }
      } finally {
        await rm(directory, { recursive: true, force: true });
      }
    },
  };
}
