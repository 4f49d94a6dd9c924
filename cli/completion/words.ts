import type { CommandUnknownOpts } from '@commander-js/extra-typings';
import { namedCommands } from '../help/show-examples.ts';
import type { Registry } from '../surroundings.ts';
import { argumentValues, flagValues, type Values } from './values.ts';

/** A flag as a shell completes it. */
export interface CompletedFlag {
  /** Such as `--engine`. */
  readonly flag: string;
  readonly what: string;
  /** Undefined where it takes none. */
  readonly value: Values | undefined;
}

/** A command as a shell completes it. */
export interface CompletedCommand {
  /** Its name below the program's, such as `lab up`; empty for the program itself. */
  readonly name: string;
  readonly flags: readonly CompletedFlag[];
  /** The commands below it. */
  readonly members: readonly { readonly word: string; readonly what: string }[];
  readonly arguments: readonly Values[];
  /** Whether the last of its arguments may be given several times. */
  readonly goesOn: boolean;
}

function completed(name: string, command: CommandUnknownOpts, registry: Registry): CompletedCommand {
  const help = command.createHelp();
  const ofFlags = flagValues(registry);
  const flags = help.visibleOptions(command).map(({ long, description, required, optional }) => {
    const flag = long ?? '';
    const known = ofFlags[`${name} ${flag}`] ?? ofFlags[flag];
    const takesValue = required || optional;
    if (takesValue && known === undefined) throw new Error(`it is not said what ${flag} of ${name} can be`);
    return { flag, what: description, value: takesValue ? known : undefined };
  });
  return {
    name,
    flags,
    members: help
      .visibleCommands(command)
      .map((member) => ({ word: member.name(), what: help.subcommandDescription(member) })),
    arguments: argumentValues(registry)[name] ?? [],
    goesOn: command.registeredArguments.at(-1)?.variadic === true,
  };
}

/** All that can be completed, the program first. */
export function completedCommands(program: CommandUnknownOpts, registry: Registry): CompletedCommand[] {
  const all = [['', program] as const, ...namedCommands(program)];
  return all.map(([name, command]) => completed(name, command, registry));
}

/** A text as one word of a POSIX shell. */
export function quoted(text: string): string {
  return `'${text.replaceAll("'", String.raw`'\''`)}'`;
}
