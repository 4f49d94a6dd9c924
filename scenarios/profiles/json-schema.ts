import * as z from 'zod';
import { Profile } from './profile.ts';

/**
 * The JSON Schema (draft 2020-12) of a profile's file, for editors. A file names only what is to be different, and a section
 * may be left empty, so that no key is demanded and a section may be null.
 */
export function profileJsonSchema(): unknown {
  const schema = z.toJSONSchema(Profile, {
    io: 'input',
    override: ({ jsonSchema, path }) => {
      if (jsonSchema.type !== 'object') return;
      delete jsonSchema.required;
      if (path.length > 0) Object.assign(jsonSchema, { type: ['object', 'null'] });
    },
  });
  return { title: 'a profile of gitops-lab', ...schema };
}
