import type { TrialSpec } from './bench.ts';

/** Trials whose labs are in clusters that are there: those of an engine at once that are in different ones, so that each cluster sees every engine, one after the other. */
export function inTurns<Planned extends { readonly spec: Pick<TrialSpec, 'engine' | 'disturbances'> }>(
  trials: readonly Planned[],
): readonly Planned[][] {
  const turns = new Map<string, Planned[]>();
  for (const planned of trials) {
    const { engine, disturbances } = planned.spec;
    const environment = disturbances[0]?.environment;
    const before = [...turns.values()].flat().filter(({ spec }) => {
      return spec.engine === engine && spec.disturbances[0]?.environment === environment;
    });
    const key = `${engine} ${before.length}`;
    turns.set(key, [...(turns.get(key) ?? []), planned]);
  }
  return [...turns.values()];
}
