/** The settings of a profile under one name each: `flux.applyInterval`. */
export function flattened(settings: Readonly<Record<string, unknown>>, prefix = ''): [string, string][] {
  return Object.entries(settings).flatMap(([key, value]): [string, string][] => {
    if (typeof value === 'string') return [[`${prefix}${key}`, value]];
    const isSection = typeof value === 'object' && value !== null && !Array.isArray(value);
    return isSection
      ? flattened(value as Record<string, unknown>, `${prefix}${key}.`)
      : [[`${prefix}${key}`, JSON.stringify(value)]];
  });
}
