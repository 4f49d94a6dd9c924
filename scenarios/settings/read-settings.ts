import { isMap, isScalar, isSeq, LineCounter, parseDocument, type Document } from 'yaml';
import type * as z from 'zod';
import { wrongUsage } from '../../common/explained-error.ts';
import { suggestName } from '../../common/nearest-name.ts';
import { keysAt, writtenPath } from './schema-keys.ts';

type Path = readonly PropertyKey[];

/** Where the key, or the member of a list, at the end of a path begins; undefined where the file does not have it. */
function offsetOf(document: Document, steps: readonly (string | number)[]): number | undefined {
  const parent: unknown = document.getIn(steps.slice(0, -1), true);
  const last = steps.at(-1);
  if (isSeq(parent) && typeof last === 'number') {
    const member = parent.items[last];
    return isMap(member) || isScalar(member) ? member.range?.[0] : undefined;
  }
  const keys = isMap(parent) ? parent.items.map(({ key }) => key).filter((key) => isScalar(key)) : [];
  return keys.find(({ value }) => value === last)?.range?.[0];
}

function placeOf(document: Document, lines: LineCounter, path: Path): string {
  const steps = path.filter((step) => typeof step !== 'symbol');
  for (let length = steps.length; length > 0; length -= 1) {
    const start = offsetOf(document, steps.slice(0, length));
    if (start !== undefined) {
      const { line, col } = lines.linePos(start);
      return `line ${line}, column ${col}`;
    }
  }
  return 'line 1, column 1';
}

/** Whether a value of a file is a section with settings of its own. */
export function isSection(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The issue to tell: a misspelled name, where there is one, is why another is missing. */
export function tellingIssue({ issues }: z.ZodError): z.core.$ZodIssue | undefined {
  return issues.find(({ code }) => code === 'unrecognized_keys') ?? issues[0];
}

/** What a file holds, and what tells where in it something is wrong. */
export interface Settings<Value> {
  readonly value: Value;
  /** The file and the place of a setting in it, for messages: `mine.yaml, line 3, column 5`. */
  readonly place: (path: Path) => string;
}

interface Source {
  readonly text: string;
  /** Names the file in messages. */
  readonly file: string;
  /** Completes what the file says; as it stands unless given. */
  readonly complete?: (given: Readonly<Record<string, unknown>>) => unknown;
}

/**
 * Reads settings from YAML by a schema. Throws an explained error that gives line and column of the first thing that is
 * wrong, with the nearest right name of an unknown setting.
 */
export function readSettings<Value>(
  { text, file, complete = (given) => given }: Source,
  schema: z.ZodType<Value>,
): Settings<Value> {
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines });
  const [syntax] = document.errors;
  if (syntax !== undefined)
    throw wrongUsage(`${file} is not YAML: ${syntax.message.split('\n')[0] ?? ''}`, `mend ${file}`);
  const given = document.toJS() as unknown;
  if (!isSection(given)) throw wrongUsage(`${file} holds no settings`);
  const place = (path: Path) => `${file}, ${placeOf(document, lines, path)}`;
  const parsed = schema.safeParse(complete(given));
  if (parsed.success) return { value: parsed.data, place };
  const issue = tellingIssue(parsed.error);
  if (issue?.code === 'unrecognized_keys') {
    const [key = ''] = issue.keys;
    throw wrongUsage(
      `${place([...issue.path, key])}: unknown setting "${key}"`,
      suggestName(key, keysAt(schema, issue.path)),
    );
  }
  const path = issue?.path ?? [];
  throw wrongUsage(`${place(path)}: ${writtenPath(path)}: ${issue?.message ?? 'wrong'}`, `mend ${file}`);
}
