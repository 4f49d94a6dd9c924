import { readFile, writeFile } from 'node:fs/promises';
import test from 'ava';
import { resultsJsonSchema } from './json-schema.ts';

const documented = new URL('../../docs/results.schema.json', import.meta.url);

test('the documented schema is the one that results are checked with', async (t) => {
  const schema = resultsJsonSchema();
  if (process.env['UPDATE_SCHEMA'] === '1') {
    await writeFile(documented, `${JSON.stringify(schema, null, 2)}\n`);
  }
  t.deepEqual(
    JSON.parse(await readFile(documented, 'utf8')),
    schema,
    'write it anew: UPDATE_SCHEMA=1 npx ava reports/record/json-schema.test.ts && npx prettier --write docs/results.schema.json',
  );
});
