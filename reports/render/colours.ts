/** The share of white in the colour of what another is held against, so that the other stands out. */
const tint = 0.55;

/** A paler shade of a colour, which is written as `#0072B2`. */
export function paler(colour: string): string {
  const channels = [1, 3, 5].map((at) => Number.parseInt(colour.slice(at, at + 2), 16));
  const lighter = channels.map((channel) => Math.round(channel + (255 - channel) * tint));
  return `#${lighter.map((channel) => channel.toString(16).padStart(2, '0')).join('')}`;
}
