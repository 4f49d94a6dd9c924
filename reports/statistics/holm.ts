/**
 * Holm's correction: the given p values, in the same order, raised so that the chance of even one false claim among all of
 * them stays at the level that each is held against.
 */
export function holm(pValues: readonly number[]): number[] {
  const order = pValues
    .map((_, index) => index)
    .toSorted((left, right) => at(pValues, left) - at(pValues, right));
  const corrected = new Array<number>(pValues.length).fill(1);
  let largest = 0;
  for (const [position, index] of order.entries()) {
    largest = Math.max(largest, Math.min(1, at(pValues, index) * (pValues.length - position)));
    corrected[index] = largest;
  }
  return corrected;
}

function at(values: readonly number[], index: number): number {
  return values[index] ?? 1;
}
