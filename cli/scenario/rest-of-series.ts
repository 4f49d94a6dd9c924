import { ownCommand } from '../../common/own-command.ts';
import type { Overall } from '../../reports/record/overall.ts';

/** A word as it is typed in a shell. */
export function typed(word: string): string {
  return /^[\w./:=,@%+-]+$/.test(word) ? word : `'${word.replaceAll("'", String.raw`'\''`)}'`;
}

/** The words without a flag and its value, in whichever way they were typed. */
function without(words: readonly string[], flag: string): string[] {
  return words.filter(
    (word, index) => word !== flag && words[index - 1] !== flag && !word.startsWith(`${flag}=`),
  );
}

/** The command that makes the scenarios of an overall run that were not begun, as those before were made. */
export function commandForRest(
  left: readonly string[],
  { commandLine, seed }: Pick<Overall, 'commandLine' | 'seed'>,
): string {
  const words = commandLine.slice(commandLine.indexOf('all') + 1);
  const kept = without(without(words, '--only'), '--seed');
  const flags = ['--only', left.join(','), '--seed', String(seed), ...kept];
  return ownCommand('scenario', 'all', ...flags.map(typed));
}
