import { mkdir, readdir, symlink } from 'node:fs/promises';
import path from 'node:path';
import { cacheOf } from '../../lab/toolchain/cache.ts';
import { makeCheckout } from '../documented/checkout.ts';
import { documented, documentedLines } from '../documented/pages.ts';
import { startTyped } from '../documented/typing.ts';
import { labNames, makePlace } from '../support.ts';
import { withNodes } from './nodes.ts';

const minutes = 60_000;

withNodes('an image for nodes is made once, and a lab of three nodes is made of it', async (t) => {
  t.timeout(15 * minutes);
  const place = await makePlace(t);
  const made = await startTyped(t, place, documented('npm run lab -- node-image'));
  t.is(made.exitCode, 0, made.all);
  t.regex(made.all, /kindest\/node:v1\.36\.3-local/);
  const up = documented('npm run lab -- up real --lab kind --engine argocd --nodes 3');
  const [, , down] = documentedLines('docs/labs.md', 'By hand');
  const { exitCode, all } = await startTyped(t, place, [up, down].join('\n'));
  t.is(exitCode, 0, all);
  t.deepEqual(await labNames(place), []);
});

withNodes('image and programs are carried to another machine, which then needs no host', async (t) => {
  t.timeout(20 * minutes);
  const place = await makePlace(t);
  const checkout = await makeCheckout(path.join(place.directory, 'checkout'));
  const here = path.join(place.directory, 'here');
  const there = path.join(place.directory, 'there');
  await mkdir(path.join(here, '.cache'), { recursive: true });
  await symlink(cacheOf(process.env).root, path.join(here, '.cache', 'gitops-lab'));
  await mkdir(there);
  const lines = documentedLines('docs/labs/offline.md', 'Carry it to the others');
  const last = lines.findIndex((line) => line.startsWith('tar -C') && line.includes(' -czf '));
  const type = async (home: string, typed: readonly string[], more: Record<string, string> = {}) => {
    const environment = { ...place.environment, XDG_CACHE_HOME: '', HOME: home, ...more };
    const { exitCode, all } = await startTyped(t, { environment }, typed.join('\n'), checkout);
    t.is(exitCode, 0, all);
    return all;
  };
  await type(here, lines.slice(0, last + 1));
  const nowhere = { GITOPS_LAB_MIRROR: 'http://127.0.0.1:1', GOPROXY: 'off' };
  const said = await type(there, lines.slice(last + 1), nowhere);
  t.regex(said, /Loaded image: kindest\/node/);
  const carried = path.join(there, '.cache', 'gitops-lab', 'tools');
  t.deepEqual(await readdir(carried), await readdir(path.join(cacheOf(process.env).root, 'tools')));
});
