import test from 'ava';
import { ExplainedError } from '../../../common/explained-error.ts';
import type { Tool } from '../../toolchain/tool.ts';
import { demandOwnNode, toolFiles } from './job-image.ts';

const common = { version: 'v1', sha256: '', source: '' };

test('a tool of the cache lies in a cache again, and one of the user’s where such ones are', (t) => {
  const cached: Tool = {
    ...common,
    name: 'flux',
    origin: 'go',
    files: { flux: '/home/me/.cache/gitops-lab/tools/flux/v1-linux/flux' },
  };
  const own: Tool = { ...common, name: 'web', origin: 'own', files: { web: '/home/me/bin/web' } };
  t.deepEqual(
    toolFiles(
      new Map([
        ['flux', cached],
        ['web', own],
      ]),
    ),
    {
      '/var/cache/gitops-lab/tools/flux/v1-linux/tool.json':
        '/home/me/.cache/gitops-lab/tools/flux/v1-linux/tool.json',
      '/var/cache/gitops-lab/tools/flux/v1-linux/flux': '/home/me/.cache/gitops-lab/tools/flux/v1-linux/flux',
      '/usr/local/lib/gitops-lab/web': '/home/me/bin/web',
    },
  );
});

test('where the Node.js that runs here could not run in the image, that is said', (t) => {
  const refusal = (node: Parameters<typeof demandOwnNode>[0]) =>
    t.throws(
      () => {
        demandOwnNode(node);
      },
      { instanceOf: ExplainedError },
    );
  t.is(refusal({ platform: 'darwin', isShared: false }).next, 'make it on Linux');
  t.regex(refusal({ platform: 'linux', isShared: true }).next ?? '', /nodejs\.org/);
  t.notThrows(() => {
    demandOwnNode({ platform: 'linux', isShared: false });
  });
});
