import type { EngineName } from '../record/schema.ts';
import { paler } from '../render/colours.ts';
import { engineColours } from '../render/names.ts';

/** The colour of an engine in a run; in the baseline it is paler. */
export function colourOf(engine: EngineName, isBaseline: boolean): string {
  return isBaseline ? paler(engineColours[engine]) : engineColours[engine];
}
