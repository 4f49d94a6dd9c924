import type { CommandUnknownOpts } from '@commander-js/extra-typings';
import { ownCommand, ownQuietCommand } from '../../common/own-command.ts';
import { examples, type Example } from './examples.ts';

/** A command and all below it, each with its name below the program's. */
export function namedCommands(
  program: CommandUnknownOpts,
  before: readonly string[] = [],
): (readonly [string, CommandUnknownOpts])[] {
  return program
    .createHelp()
    .visibleCommands(program)
    .flatMap((command) => {
      const path = [...before, command.name()];
      return [[path.join(' '), command] as const, ...namedCommands(command, path)];
    });
}

function typedExample(name: string, { words, inShell }: Example): string {
  const [command = '', ...more] = [...name.split(' '), ...words.split(' ')].filter((word) => word !== '');
  if (inShell === undefined) return ownCommand(command, ...more);
  return inShell.replace('COMMAND', () => ownQuietCommand(command, ...more));
}

function helpText(name: string): string {
  const shown = examples[name];
  if (shown === undefined) throw new Error(`the command ${name} has no examples`);
  const lines = shown.flatMap((example) => [`  ${typedExample(name, example)}`, `      ${example.what}`]);
  return ['', 'Examples:', ...lines].join('\n');
}

/** Has the help of every command end with its examples. */
export function showExamples(program: CommandUnknownOpts): void {
  for (const [name, command] of namedCommands(program)) command.addHelpText('after', () => helpText(name));
}
