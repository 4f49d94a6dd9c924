import test from 'ava';
import { readdir, readFile, writeFile } from 'node:fs/promises';
import { parse } from 'yaml';
import * as z from 'zod';
import { builtInProfiles } from './built-in.ts';
import { profileJsonSchema } from './json-schema.ts';
import { parseProfile } from './profile.ts';

const docs = new URL('../../docs/', import.meta.url);
const documented = new URL('profile.schema.json', docs);

/** What is wrong with a profile's file, as an editor that follows the documented schema finds it. */
async function wrongWith(yaml: string): Promise<string> {
  const schema = JSON.parse(await readFile(documented, 'utf8')) as Parameters<typeof z.fromJSONSchema>[0];
  const { error } = z.fromJSONSchema(schema).safeParse(parse(yaml));
  return error === undefined ? '' : z.prettifyError(error);
}

/** Whether the program takes the file. */
function isTaken(yaml: string): boolean {
  try {
    parseProfile(yaml, 'mine.yaml', builtInProfiles[0]);
    return true;
  } catch {
    return false;
  }
}

test('the documented schema is the one that profiles are checked with', async (t) => {
  const schema = profileJsonSchema();
  if (process.env['UPDATE_SCHEMA'] === '1')
    await writeFile(documented, `${JSON.stringify(schema, null, 2)}\n`);
  t.deepEqual(
    JSON.parse(await readFile(documented, 'utf8')),
    schema,
    'write it anew: UPDATE_SCHEMA=1 npx ava scenarios/profiles/json-schema.test.ts && npx prettier --write docs/profile.schema.json',
  );
});

test('the profiles that the pages show, and those that are built in, are right by the schema', async (t) => {
  const names = (await readdir(docs)).filter((name) => name.endsWith('.md'));
  const pages = await Promise.all(names.map(async (name) => readFile(new URL(name, docs), 'utf8')));
  const examples = pages
    .flatMap((page) => [...page.matchAll(/^```yaml\n(.*?)^```$/gms)].map(([, code = '']) => code))
    .filter((code) => code.includes('profile.schema.json'));
  t.true(examples.length >= 2);
  for (const text of [...examples, ...builtInProfiles.map((profile) => JSON.stringify(profile))]) {
    t.is(await wrongWith(text), '', text);
    t.true(isTaken(text), text);
  }
});

const files: readonly (readonly [string, boolean])[] = [
  ['name: mine', true],
  ['flux:\nargocd:\n  retry:\n    limit: 5', true],
  ['thresholds: ["*.*.*.timeToReady.max < 1m"]', true],
  ['timeout: 1m30s', true],
  ['itterations: 3', false],
  ['flux:\n  aplyInterval: 2s', false],
  ['argocd:\n  retry:\n    limmit: 3', false],
  ['timeout: soon', false],
  ['timeout: 90', false],
  ['iterations: 0', false],
  ['phase: locked', false],
  ['thresholds: flux', false],
];

for (const [text, isRight] of files) {
  const name = text.replaceAll('\n', ' ');
  test(`the schema and the program agree: ${name} is ${isRight ? 'right' : 'wrong'}`, async (t) => {
    t.is(isTaken(text), isRight);
    t.is((await wrongWith(text)) === '', isRight);
  });
}

test('every setting is described, for the editor to show', (t) => {
  const bare = (schema: unknown, path: string): string[] => {
    const { description, properties = {} } = schema as {
      readonly description?: string;
      readonly properties?: Readonly<Record<string, unknown>>;
    };
    const below = Object.entries(properties).flatMap(([key, value]) => bare(value, `${path}.${key}`));
    return description === undefined && path !== '' ? [path, ...below] : below;
  };
  t.deepEqual(bare(profileJsonSchema(), ''), []);
});
