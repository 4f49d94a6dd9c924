import * as z from 'zod';
import { Results } from './schema.ts';

/** The JSON Schema (draft 2020-12) of results.json, for editors and for programs in other languages. */
export function resultsJsonSchema(): unknown {
  return { title: 'results.json of a gitops-lab run', ...z.toJSONSchema(Results, { io: 'input' }) };
}
