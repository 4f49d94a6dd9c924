import { textAt, type LiveObject } from '../../lab/kube/objects.ts';
import type { Observation } from '../../reports/record/observation.ts';
import { leftOut, leftOutKinds, type LeftOut } from './left-out.ts';

/** What came of holding a rebuilt cluster against the lost one. */
export type Comparison = Pick<
  Extract<Observation, { type: 'compared' }>,
  'objects' | 'differing' | 'missing' | 'extra' | 'leftOut'
>;

type Branch = Readonly<Record<string, unknown>> | readonly unknown[];

function isBranch(value: unknown): value is Branch {
  return typeof value === 'object' && value !== null;
}

function isEmptied(value: unknown): boolean {
  return isBranch(value) && !Array.isArray(value) && Object.keys(value).length === 0;
}

/** A copy without what lies at `path`, and whether there was anything. What held nothing else goes with it, but for entries of lists, which count. */
function without(value: unknown, [step, ...rest]: readonly string[]): { value: unknown; hasCut: boolean } {
  if (!isBranch(value) || step === undefined) return { value, hasCut: false };
  let hasCut = false;
  const entries = Object.entries(value).flatMap(([key, inner]) => {
    if (step !== '*' && step !== key) return [[key, inner] as const];
    if (rest.length === 0) {
      hasCut = true;
      return [];
    }
    const cut = without(inner, rest);
    hasCut ||= cut.hasCut;
    if (cut.hasCut && isEmptied(cut.value) && !Array.isArray(value)) return [];
    return [[key, cut.value] as const];
  });
  return {
    value: Array.isArray(value) ? entries.map(([, inner]) => inner) : Object.fromEntries(entries),
    hasCut,
  };
}

interface Normalised {
  readonly value: unknown;
  /** What was left out of it. */
  readonly cuts: readonly LeftOut[];
}

/** An object as far as Git can know it. */
export function normalise(object: LiveObject): Normalised {
  const cuts: LeftOut[] = [];
  let value: unknown = object;
  for (const one of leftOut) {
    if (one.of !== undefined && !one.of(object)) continue;
    const cut = without(value, one.path);
    value = cut.value;
    if (cut.hasCut) cuts.push(one);
  }
  return { value, cuts };
}

/** The same text for equal values, whatever the order of their keys. */
function canonical(value: unknown): string {
  return JSON.stringify(value, (_, inner: unknown) =>
    isBranch(inner) && !Array.isArray(inner)
      ? Object.fromEntries(Object.entries(inner).sort(([left], [right]) => (left < right ? -1 : 1)))
      : inner,
  );
}

/** The paths at which two values differ, in either direction. */
function differences(left: unknown, right: unknown, path = ''): string[] {
  if (Object.is(left, right)) return [];
  if (!isBranch(left) || !isBranch(right) || Array.isArray(left) !== Array.isArray(right)) return [path];
  const [lefts, rights] = [new Map(Object.entries(left)), new Map(Object.entries(right))];
  return [...new Set([...lefts.keys(), ...rights.keys()])].flatMap((key) =>
    differences(lefts.get(key), rights.get(key), path === '' ? key : `${path}.${key}`),
  );
}

/** The name of an object in a comparison, without what is drawn at random. */
function titleOf({ apiVersion, kind, metadata }: LiveObject): string {
  const generated = textAt(metadata, 'generateName');
  const group = apiVersion.includes('/') ? `${kind}.${apiVersion.split('/')[0] ?? ''}` : kind;
  const name = generated === '' ? metadata.name : `${generated}*`;
  return [group, ...(metadata.namespace === undefined ? [] : [metadata.namespace]), name].join('/');
}

/** Objects by name. Those with generated names are numbered in the order of what is in them, so that equal ones meet. */
function named(objects: readonly LiveObject[]): Map<string, Normalised> {
  const groups = new Map<string, Normalised[]>();
  for (const object of objects) {
    if (leftOutKinds.some(({ kind }) => kind === object.kind)) continue;
    const title = titleOf(object);
    groups.set(title, [...(groups.get(title) ?? []), normalise(object)]);
  }
  return new Map(
    [...groups].flatMap(([title, members]) =>
      members.length === 1 && !title.endsWith('*')
        ? members.map((member) => [title, member] as const)
        : members
            .map((member) => ({ member, text: canonical(member.value) }))
            .sort((left, right) => (left.text < right.text ? -1 : 1))
            .map(({ member }, index) => [`${title} ${index + 1}`, member] as const),
    ),
  );
}

function countLeftOut(objects: Iterable<Normalised>): Comparison['leftOut'] {
  const counts = new Map<LeftOut, number>();
  for (const { cuts } of objects) for (const cut of cuts) counts.set(cut, (counts.get(cut) ?? 0) + 1);
  return leftOut.map((one) => ({ what: one.what, reason: one.reason, objects: counts.get(one) ?? 0 }));
}

/** Holds the objects of a rebuilt cluster against those of the lost one, without what Git can't know. */
export function compareClusters(lost: readonly LiveObject[], rebuilt: readonly LiveObject[]): Comparison {
  const [before, after] = [named(lost), named(rebuilt)];
  const all = [...new Set([...before.keys(), ...after.keys()])].sort();
  const differing = all.flatMap((object) => {
    const [was, is] = [before.get(object), after.get(object)];
    const paths = was === undefined || is === undefined ? [] : differences(was.value, is.value);
    return paths.length === 0 ? [] : [{ object, paths }];
  });
  return {
    objects: all.length,
    differing,
    missing: all.filter((object) => !after.has(object)),
    extra: all.filter((object) => !before.has(object)),
    leftOut: countLeftOut(after.values()),
  };
}

/** In how many objects, missing and extra ones included, the two clusters differ. */
export function differingCount({
  differing,
  missing,
  extra,
}: Pick<Comparison, 'differing' | 'missing' | 'extra'>): number {
  return differing.length + missing.length + extra.length;
}
