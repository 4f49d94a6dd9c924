import type { EngineName } from '../record/schema.ts';
import { engineColours } from '../render/names.ts';

/** The share of white in the colour of the baseline, so that the other runs stand out. */
const tint = 0.55;

function tinted(colour: string): string {
  const channels = [1, 3, 5].map((at) => Number.parseInt(colour.slice(at, at + 2), 16));
  const lighter = channels.map((channel) => Math.round(channel + (255 - channel) * tint));
  return `#${lighter.map((channel) => channel.toString(16).padStart(2, '0')).join('')}`;
}

/** The colour of an engine in a run; in the baseline it is paler. */
export function colourOf(engine: EngineName, isBaseline: boolean): string {
  return isBaseline ? tinted(engineColours[engine]) : engineColours[engine];
}
