import { valueAt, type LiveObject } from '../../lab/kube/objects.ts';
import type { Observation } from '../../reports/record/observation.ts';

type MemoryChange = Extract<Observation, { type: 'engine-memory' }>['changes'][number];

const longest = 60;

function inWords(value: unknown): string {
  if (value === undefined) return 'nothing';
  if (Array.isArray(value)) return value.length === 1 ? '1 entry' : `${value.length} entries`;
  const text = typeof value === 'string' ? value : JSON.stringify(value);
  return text.length > longest ? `${text.slice(0, longest)}…` : text;
}

interface Change {
  readonly path: string;
  readonly before: string;
  readonly after: string;
}

function isFields(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Where two values differ; the entries of lists of one length share a path, and lists of two lengths differ as a whole. */
function changesBetween(before: unknown, after: unknown, path: string): Change[] {
  if (Array.isArray(before) && Array.isArray(after) && before.length === after.length)
    return before.flatMap((entry: unknown, index) => changesBetween(entry, after[index], path));
  if (isFields(before) && isFields(after))
    return [...new Set([...Object.keys(before), ...Object.keys(after)])].flatMap((key) =>
      changesBetween(before[key], after[key], `${path}.${key}`),
    );
  const isSame = JSON.stringify(before) === JSON.stringify(after);
  return isSame ? [] : [{ path, before: inWords(before), after: inWords(after) }];
}

/** What the engine's objects said of the past in the lost cluster, against what they say in the rebuilt one. */
export function memoryChanges(lost: readonly LiveObject[], rebuilt: readonly LiveObject[]): MemoryChange[] {
  const byName = new Map(rebuilt.map((object) => [object.metadata.name, object]));
  const found = new Map<string, MemoryChange>();
  for (const object of lost) {
    const after = valueAt(byName.get(object.metadata.name), 'status');
    const changes = changesBetween(valueAt(object, 'status'), after, 'status');
    for (const path of new Set(changes.map((change) => change.path))) {
      const known = found.get(path);
      const first = changes.find((change) => change.path === path);
      if (known !== undefined) found.set(path, { ...known, objects: known.objects + 1 });
      else if (first !== undefined) found.set(path, { ...first, objects: 1 });
    }
  }
  return [...found.values()].sort((left, right) => (left.path < right.path ? -1 : 1));
}
