import test from 'ava';
import { RefusedError, type GiteaApi } from './api.ts';
import { openPullRequest } from './pull-request.ts';

const { signal } = new AbortController();
const answer = {
  number: 7,
  title: 'Promote it',
  user: { login: 'author' },
  created_at: '2026-01-01T00:00:00Z',
  head: { sha: 'abc' },
  mergeable: false,
  merged: false,
};

/** Gitea that refuses the first requests with these codes, and does the next one. */
function refusing(codes: readonly number[]): GiteaApi & { readonly asked: string[] } {
  const left = [...codes];
  const asked: string[] = [];
  return {
    username: 'author',
    asked,
    ask: async (method, path, schema) => {
      asked.push(`${method} ${path}`);
      const code = left.shift();
      if (code !== undefined) throw new RefusedError(`${method} ${path}`, code, 'not found');
      return Promise.resolve(schema.parse(answer));
    },
    tell: async () => Promise.resolve(),
  };
}

test('a branch that gitea could not look up just then is asked for again', async (t) => {
  const api = refusing([404, 404]);
  t.is(await openPullRequest(api, 'fleet', { branch: 'proposal-1', title: 'Promote it' }, signal), 7);
  t.deepEqual(api.asked, Array<string>(3).fill('POST /repos/platform/fleet/pulls'));
});

test('any other refusal is told at once', async (t) => {
  const api = refusing([422]);
  const opened = openPullRequest(api, 'fleet', { branch: 'proposal-1', title: 'Promote it' }, signal);
  await t.throwsAsync(opened, { instanceOf: RefusedError });
  t.is(api.asked.length, 1);
});
