import test from 'ava';
import { ExplainedError } from '../../../common/explained-error.ts';
import { debianRecipe } from './debian-recipe.ts';
import { explainMmdebstrap, mmdebstrapArguments, requireMmdebstrap } from './mmdebstrap.ts';

const archives = {
  packages: 'http://archive.example/debian',
  security: 'http://archive.example/debian-security',
};
const pin = { suite: 'trixie', archives, packages: ['git', 'tini'], seconds: 1 };
const platform = { os: 'linux', arch: 'amd64' } as const;

test('packages and suite are asked for, with security updates', (t) => {
  const args = mmdebstrapArguments(pin, '/x.tar', {});
  t.true(args.includes('--include=git,tini'));
  t.deepEqual(args.slice(-4), [
    'trixie',
    '/x.tar',
    'deb http://archive.example/debian trixie main',
    'deb http://archive.example/debian-security trixie-security main',
  ]);
});

test('a mirror stands in for Debian as for all publishers', (t) => {
  const args = mmdebstrapArguments(pin, '/x.tar', { GITOPS_LAB_MIRROR: 'http://mirror.example/lab/' });
  t.true(args.includes('deb http://mirror.example/lab/archive.example/debian trixie main'));
});

test('a file system is made anew when its packages change, and not for the time that it takes', (t) => {
  const name = debianRecipe('base', pin, platform).directoryName;
  t.is(debianRecipe('base', { ...pin, seconds: 9 }, platform).directoryName, name);
  t.not(debianRecipe('base', { ...pin, packages: ['git'] }, platform).directoryName, name);
  t.not(debianRecipe('base', pin, { ...platform, arch: 'arm64' }).directoryName, name);
});

test('where mmdebstrap is missing, that is said with what to do there and elsewhere', async (t) => {
  const error = await t.throwsAsync(requireMmdebstrap('debian-base', { PATH: '/nowhere' }), {
    instanceOf: ExplainedError,
  });
  t.regex(error.next ?? '', /apt-get install mmdebstrap.*GITOPS_LAB_TOOLS/);
});

for (const [line, next] of [
  ['E: The repository is not signed. NO_PUBKEY 123', /debian-archive-keyring/],
  ['E: Could not resolve archive.example', /GITOPS_LAB_MIRROR/],
  ['E: unshare failed: Operation not permitted', /run it as root/],
  ['E: something else', /read the log/],
] as const) {
  test(`mmdebstrap ending with "${line}" is explained`, (t) => {
    const error = explainMmdebstrap('debian-base', [line], '/log');
    t.regex(error.next ?? '', next);
    t.true(error.why?.includes(line));
  });
}
