import { mkdir, readFile, readdir, rm, stat, truncate, utimes, writeFile } from 'node:fs/promises';
import path from 'node:path';
import test from 'ava';
import { prepareCache, cacheOf } from './cache.ts';
import { digestOf } from './digest.ts';
import { directoryOf, install, lookUp, type Recipe } from './install.ts';
import { temporaryDirectory, testContext } from './mirror-for-tests.ts';

function recipeThat(fill: (directory: string, scratch: string) => Promise<void>): Recipe {
  return {
    name: 'tool',
    version: 'v1',
    origin: 'release',
    directoryName: 'v1-linux-amd64-release',
    fileNames: ['program', 'notes.yaml'],
    fill: async (directory, scratch) => {
      await fill(directory, scratch);
      return 'https://releases.example/tool';
    },
  };
}

const writesBoth = recipeThat(async (directory) => {
  await writeFile(path.join(directory, 'program'), '#!/bin/sh\n');
  await writeFile(path.join(directory, 'notes.yaml'), 'a: 1\n');
});

test('what is installed is whole, executable where it is a program, and says where it came from', async (t) => {
  const context = await testContext(t, {});
  const installed = await install(writesBoth, context);
  t.like(installed, { version: 'v1', origin: 'release', source: 'https://releases.example/tool' });
  t.is((await stat(installed.files['program'] ?? '')).mode & 0o777, 0o755);
  t.is((await stat(installed.files['notes.yaml'] ?? '')).mode & 0o777, 0o644);
  const listing = `${digestOf('a: 1\n')}  notes.yaml\n${digestOf('#!/bin/sh\n')}  program\n`;
  t.is(installed.sha256, digestOf(listing));
  t.deepEqual(await readdir(context.cache.temporary), []);
});

test('what is in the cache is not made again', async (t) => {
  const context = await testContext(t, {});
  const first = await install(writesBoth, context);
  const mustNotRun = recipeThat(async () => {
    await Promise.reject(new Error('made again'));
  });
  t.deepEqual(await install(mustNotRun, context), first);
});

test('a file that was only touched is still whole; one that was changed, cut or removed is made again', async (t) => {
  const context = await testContext(t, {});
  const program = (await install(writesBoth, context)).files['program'] ?? '';
  await utimes(program, new Date(), new Date(0));
  t.is((await lookUp(writesBoth, context)).state, 'whole');
  const damages = [
    async () => {
      await writeFile(program, '#!/bin/SH\n');
    },
    async () => {
      await truncate(program, 3);
    },
    async () => {
      await rm(program);
    },
    async () => {
      await writeFile(path.join(directoryOf(writesBoth, context), 'tool.json'), '{');
    },
  ];
  for (const damage of damages) {
    await damage();
    t.is((await lookUp(writesBoth, context)).state, 'damaged');
    await install(writesBoth, context);
    t.regex(context.said.at(-1) ?? '', /the cached tool is damaged \(.*\); it is made again/);
    t.is(await readFile(program, 'utf8'), '#!/bin/sh\n');
  }
});

test('what fails half-way leaves nothing behind', async (t) => {
  const context = await testContext(t, {});
  const failing = recipeThat(async (directory, scratch) => {
    await writeFile(path.join(directory, 'program'), 'half');
    await writeFile(path.join(scratch, 'rest'), 'half');
    throw new Error('failed');
  });
  await t.throwsAsync(install(failing, context), { message: 'failed' });
  t.deepEqual(await readdir(context.cache.temporary), []);
  t.is((await lookUp(failing, context)).state, 'absent');
});

test('what a killed run left behind is removed, and that of other tools is not', async (t) => {
  const context = await testContext(t, {});
  for (const name of ['tool-a1B2c3', 'tool-kit-a1B2c3'])
    await mkdir(path.join(context.cache.temporary, name));
  await install(writesBoth, context);
  t.deepEqual(await readdir(context.cache.temporary), ['tool-kit-a1B2c3']);
});

test('a full disk is explained', async (t) => {
  const context = await testContext(t, {});
  const full = Object.assign(new Error('write'), { code: 'ENOSPC' });
  const failing = recipeThat(async () => {
    await Promise.reject(full);
  });
  const error = await t.throwsAsync(install(failing, context), {
    name: 'ExplainedError',
    message: /is full$/,
  });
  t.regex((error as { next?: string } | undefined)?.next ?? '', /XDG_CACHE_HOME/);
});

test('a cache that can not be written is explained', async (t) => {
  const directory = await temporaryDirectory(t);
  await writeFile(path.join(directory, 'gitops-lab'), 'a file where the cache should be');
  const preparing = prepareCache(cacheOf({ XDG_CACHE_HOME: directory }));
  await t.throwsAsync(preparing, { name: 'ExplainedError', message: /can't be written/ });
});
