import test from 'ava';
import { keyOf, stateFrom } from './built-image.ts';
import { buildArguments } from './kind-build.ts';
import { explainRefusal } from './privileged.ts';

test('a key changes with every part, and not with their order', (t) => {
  const key = keyOf({ kind: '1', containerd: '2' });
  t.is(keyOf({ containerd: '2', kind: '1' }), key);
  t.not(keyOf({ kind: '1', containerd: '3' }), key);
  t.not(keyOf({ kind: '1', containerd: '2', coredns: '' }), key);
});

test('an image without our label is another’s, and stays', (t) => {
  t.is(stateFrom(undefined, 'key'), 'absent');
  t.is(stateFrom('', 'key'), 'foreign');
  t.is(stateFrom('<no value>', 'key'), 'foreign');
  t.is(stateFrom('key', 'key'), 'current');
  t.is(stateFrom('another', 'key'), 'stale');
});

test('kind is told what to build from what', (t) => {
  const args = buildArguments({
    baseImage: 'b',
    image: 'i',
    architecture: 'arm64',
    serverArchive: '/s.tar.gz',
  });
  t.is(args.join(' '), 'build node-image --type file --base-image b --image i --arch arm64 /s.tar.gz');
});

test('a missing capability is told from other refusals, with the way out', (t) => {
  const lacking = explainRefusal(
    'docker',
    'runc create failed: unable to apply caps: operation not permitted',
  );
  t.regex(lacking.next ?? '', /bounded-runc/);
  t.regex(explainRefusal('docker', 'no space left').next ?? '', /docker run --privileged/);
});
