import test from 'ava';
import { ExplainedError } from '../../common/explained-error.ts';
import type { ContainerEngine } from '../containers/container-engine.ts';
import { k3sImage } from '../toolchain/k3s-pin.ts';
import { pins } from '../toolchain/pins.ts';
import { provideK3sImage } from './image.ts';

const { signal } = new AbortController();

/** An engine that has these images, and can pull those. */
function engineWith(has: readonly string[], pulls: readonly string[]): ContainerEngine {
  return {
    name: 'docker',
    version: '1',
    cgroupVersion: 2,
    run: async ([first = '', ...rest]) => {
      const known = first === 'pull' ? pulls : has;
      if (known.includes(rest.at(-1) ?? '')) return Promise.resolve('');
      throw new ExplainedError({ what: `docker ${first} failed`, why: 'no route to the registry' });
    },
  };
}

test('the cluster is of the same minor release as that of the embedded lab', (t) => {
  const [minor = ''] = /v\d+\.\d+\./.exec(k3sImage) ?? [];
  t.true(pins.kubernetes.official?.version.startsWith(minor));
});

test('an image that is there is taken, another is pulled, and the variable names one that takes its place', async (t) => {
  t.is(await provideK3sImage(engineWith([k3sImage], []), {}, signal), k3sImage);
  t.is(await provideK3sImage(engineWith([], [k3sImage]), {}, signal), k3sImage);
  const named = { GITOPS_LAB_K3S_IMAGE: 'mine:1' };
  t.is(await provideK3sImage(engineWith(['mine:1'], []), named, signal), 'mine:1');
});

test('where it can not be had, that is said with the labs that need no such image', async (t) => {
  const asked = provideK3sImage(engineWith([], []), {}, signal);
  const error = await t.throwsAsync(asked, { instanceOf: ExplainedError });
  t.is(error.message, `the image ${k3sImage} can't be had`);
  t.is(error.why, 'no route to the registry');
  t.regex(error.next ?? '', /--lab kind or --lab embedded/);
});

test('an interruption is none of the reasons', async (t) => {
  const interrupted = AbortSignal.abort(new Error('interrupted'));
  await t.throwsAsync(provideK3sImage(engineWith([], []), {}, interrupted), { message: 'interrupted' });
});
