/** Whether a value is an object with fields, and no list. */
function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/**
 * The paths at which `live` is not as `desired` says; what only `live` has is left out, for the API server and
 * controllers add fields. Lists must have the same length and order.
 */
export function differingPaths(desired: unknown, live: unknown, path = ''): string[] {
  const below = (step: string | number) => (path === '' ? String(step) : `${path}.${step}`);
  if (isRecord(desired)) {
    if (!isRecord(live)) return [path];
    return Object.entries(desired).flatMap(([key, value]) => differingPaths(value, live[key], below(key)));
  }
  if (Array.isArray(desired)) {
    if (!Array.isArray(live) || live.length !== desired.length) return [path];
    return desired.flatMap((value, index) => differingPaths(value, live[index], below(index)));
  }
  return Object.is(desired, live) ? [] : [path];
}
