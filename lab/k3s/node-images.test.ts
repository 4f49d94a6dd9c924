import test from 'ava';
import { writeFile } from 'node:fs/promises';
import { ExplainedError } from '../../common/explained-error.ts';
import type { ContainerEngine } from '../containers/container-engine.ts';
import { k3sImages } from './node-images.ts';

const { signal } = new AbortController();

const engine: ContainerEngine = {
  name: 'docker',
  version: '1',
  cgroupVersion: 2,
  run: async ([, , file = '', reference = '']) => {
    await writeFile(file, reference, { flag: 'wx' });
    return '';
  },
};

/** A container whose `ctr` ends as told; what was done in it. */
function recording(ending: { exitCode: number; output: string }) {
  const done: string[] = [];
  const container = {
    copyFilesToContainer: async (files: { source: string; target: string }[]) => {
      done.push(...files.map(({ target }) => `copy ${target}`));
      return Promise.resolve();
    },
    exec: async (command: string | string[]) => {
      done.push([command].flat().join(' '));
      return Promise.resolve({ ...ending, stdout: '', stderr: '' });
    },
  };
  return { container, done };
}

test('each image of the engine is saved, copied in, imported for Kubernetes and cleared away', async (t) => {
  const { container, done } = recording({ exitCode: 0, output: '' });
  await k3sImages(engine, container).loadFromEngine(['a:1', 'b:1'], signal);
  const archives = ['/gitops-lab-images-1.tar', '/gitops-lab-images-2.tar'];
  const expected = archives.flatMap((archive) => [
    `copy ${archive}`,
    `ctr --namespace k8s.io images import ${archive}`,
    `rm ${archive}`,
  ]);
  t.deepEqual(done, expected);
});

test('an image that can not be imported is explained by what the node said, and cleared away', async (t) => {
  const { container, done } = recording({ exitCode: 1, output: 'no space left on device\n' });
  const loading = k3sImages(engine, container).loadArchive('image.tar', signal);
  const error = await t.throwsAsync(loading, { instanceOf: ExplainedError });
  t.is(error.why, 'no space left on device');
  t.is(done.at(-1), 'rm /gitops-lab-images-1.tar');
});
