import { wrongUsage } from '../common/explained-error.ts';
import { suggestName } from '../common/nearest-name.ts';

/** A parser of an option that takes one of some names. `what` is how messages call it: `engine`. */
export function oneOf<Name extends string>(what: string, known: readonly Name[]): (text: string) => Name {
  return (text) => {
    const found = known.find((name) => name === text);
    if (found !== undefined) return found;
    throw wrongUsage(`unknown ${what} "${text}"`, suggestName(text, known));
  };
}

/** A parser of an option that takes names apart by commas; the result has each once, in the order of `known`. */
export function someOf<Name extends string>(what: string, known: readonly Name[]): (text: string) => Name[] {
  const one = oneOf(what, known);
  return (text) => {
    const chosen = new Set(text.split(',').map((part) => one(part.trim())));
    return known.filter((name) => chosen.has(name));
  };
}

/** A parser of an option that takes names of the user's apart by commas, and may be given several times. */
export function collectNames(text: string, before: readonly string[] = []): readonly string[] {
  const names = text.split(',').map((name) => name.trim());
  return [...before, ...names.filter((name) => name !== '')];
}

/** A parser of an option that takes any text, and may be given several times. */
export function collectTexts(text: string, before: readonly string[] = []): readonly string[] {
  return [...before, text];
}

/** A parser of an option that takes a whole number; `label` is how messages call it: `--seed`. */
export function wholeNumber(label: string, minimum: number, maximum: number): (text: string) => number {
  return (text) => {
    const value = /^\d+$/.test(text) ? Number(text) : Number.NaN;
    if (value >= minimum && value <= maximum) return value;
    throw wrongUsage(`${label} is "${text}"`, `give a whole number from ${minimum} to ${maximum}`);
  };
}

/** The member of a name; throws an explained error with the nearest name where there is none. */
export function findNamed<Member extends { readonly name: string }>(
  what: string,
  name: string,
  members: readonly Member[],
): Member {
  const found = members.find((member) => member.name === name);
  if (found !== undefined) return found;
  const known = members.map((member) => member.name);
  throw wrongUsage(`unknown ${what} "${name}"`, suggestName(name, known));
}
