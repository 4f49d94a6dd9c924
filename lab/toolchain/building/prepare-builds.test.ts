import test from 'ava';
import { describeBuilds } from './prepare-builds.ts';

const go = { version: 'go1.26.8', buildCache: '/build', moduleCache: '/modules' };

test('the line on builds names Go, its caches, and the room that they have', (t) => {
  const line = 'building with go1.26.8; its caches (/build, /modules) can grow by 6.0 GB in all';
  t.is(describeBuilds(go, 66.34e9), `${line}, and 66.3 GB are free`);
  t.is(describeBuilds(go, 2.1e9), `${line}, and 2.1 GB are free, which may not be enough`);
  t.is(describeBuilds(go, undefined), line);
});
