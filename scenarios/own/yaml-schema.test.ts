import test from 'ava';
import { readFile, writeFile } from 'node:fs/promises';
import { parse } from 'yaml';
import * as z from 'zod';
import { scenarioJsonSchema, YamlScenario } from './yaml-schema.ts';

const docs = new URL('../../docs/', import.meta.url);
const documented = new URL('scenario.schema.json', docs);

async function isRightByDocument(value: unknown): Promise<boolean> {
  const schema = JSON.parse(await readFile(documented, 'utf8')) as Parameters<typeof z.fromJSONSchema>[0];
  return z.fromJSONSchema(schema).safeParse(value).success;
}

test('the documented schema is the one that scenarios are checked with', async (t) => {
  const schema = scenarioJsonSchema();
  if (process.env['UPDATE_SCHEMA'] === '1')
    await writeFile(documented, `${JSON.stringify(schema, null, 2)}\n`);
  t.deepEqual(
    JSON.parse(await readFile(documented, 'utf8')),
    schema,
    'write it anew: UPDATE_SCHEMA=1 npx ava scenarios/own/yaml-schema.test.ts && npx prettier --write docs/scenario.schema.json',
  );
});

test('the schema and the program agree on the example, and on what is wrong', async (t) => {
  const text = await readFile(new URL('examples/guestbook.yaml', docs), 'utf8');
  const example = parse(text) as Record<string, unknown>;
  const variants: readonly (readonly [unknown, boolean])[] = [
    [example, true],
    [{ ...example, question: undefined }, false],
    [{ ...example, sumary: 'x' }, false],
    [{ ...example, name: 'Not a name' }, false],
    [{ ...example, application: { manifests: './folder' } }, true],
    [{ ...example, application: { manifests: [] } }, false],
    [{ ...example, disturbances: [] }, false],
    [{ ...example, disturbances: [{ name: 'a' }] }, false],
    [{ ...example, disturbances: [{ name: 'a', delete: 'A/a', 'remove-manifest': 'A/a' }] }, false],
    [{ ...example, disturbances: [{ name: 'a', delete: 'web' }] }, false],
    [{ ...example, disturbances: [{ name: 'a', scale: { deployment: 'web', replicas: -1 } }] }, false],
  ];
  for (const [value, isRight] of variants) {
    const plain: unknown = JSON.parse(JSON.stringify(value));
    t.is(YamlScenario.safeParse(plain).success, isRight);
    t.is(await isRightByDocument(plain), isRight);
  }
});
