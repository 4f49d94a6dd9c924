/** Whether two figures agree but for the rounding of the one that was printed or reckoned elsewhere, for tests. */
export function isNear(actual: number | null | undefined, expected: number, tolerance = 1e-9): boolean {
  return actual !== null && actual !== undefined && Math.abs(actual - expected) <= tolerance;
}
