import { closest, distance } from 'fastest-levenshtein';

/** The known name that a misspelled one most likely stands for, or undefined where none is near. */
export function nearestName(wrong: string, known: readonly string[]): string | undefined {
  if (known.length === 0) return undefined;
  const best = closest(wrong.toLowerCase(), [...known]);
  const changes = distance(wrong.toLowerCase(), best);
  // As many changes as the name has letters would make any name of any other.
  return changes <= Math.max(2, Math.floor(best.length / 3)) && changes < best.length ? best : undefined;
}

/** One sentence that helps after an unknown name: the nearest right one and the whole list. */
export function suggestName(wrong: string, known: readonly string[]): string {
  const nearest = nearestName(wrong, known);
  const list = `known: ${known.join(', ')}`;
  return nearest === undefined ? list : `did you mean "${nearest}"? (${list})`;
}
