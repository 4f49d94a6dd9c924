import { bashScript } from './bash.ts';
import { fishScript } from './fish.ts';
import type { Shell } from './shells.ts';
import type { CompletedCommand } from './words.ts';
import { zshScript } from './zsh.ts';

/** Writes the script of each shell. */
export const scriptFor: Readonly<
  Record<Shell, (commands: readonly CompletedCommand[], labsDirectory: string) => string>
> = { bash: bashScript, zsh: zshScript, fish: fishScript };
