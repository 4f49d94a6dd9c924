import * as z from 'zod';

type Schema = z.core.$ZodType;

/** The sections that a schema allows: one, or several where a member may be of several kinds. */
function sectionsOf(schema: Schema): readonly z.ZodObject[] {
  if (schema instanceof z.ZodOptional) return sectionsOf(schema.unwrap());
  if (schema instanceof z.ZodUnion) return schema.options.flatMap(sectionsOf);
  return schema instanceof z.ZodObject ? [schema] : [];
}

/** The schemas of what may stand below one step of a path. */
function below(schema: Schema, step: PropertyKey): readonly Schema[] {
  if (schema instanceof z.ZodOptional) return below(schema.unwrap(), step);
  if (schema instanceof z.ZodArray) return [schema.element];
  return sectionsOf(schema).flatMap(({ shape }) => {
    const found = (shape as Readonly<Record<PropertyKey, Schema | undefined>>)[step];
    return found === undefined ? [] : [found];
  });
}

/** The names of the settings of the section that a path leads to; none where it leads to no section. */
export function keysAt(schema: Schema, path: readonly PropertyKey[]): string[] {
  const found = path.reduce<readonly Schema[]>(
    (outer, step) => outer.flatMap((one) => below(one, step)),
    [schema],
  );
  return [...new Set(found.flatMap(sectionsOf).flatMap(({ shape }) => Object.keys(shape)))];
}

/** A path as people write it: `disturbances[2].scale`. */
export function writtenPath(path: readonly PropertyKey[]): string {
  return path.reduce<string>((text, step) => {
    if (typeof step === 'number') return `${text}[${step}]`;
    return text === '' ? String(step) : `${text}.${String(step)}`;
  }, '');
}
