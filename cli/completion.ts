import { Argument } from '@commander-js/extra-typings';
import { labsDirectory } from '../lab/home/place.ts';
import { oneOf } from './choices.ts';
import { shells } from './completion/shells.ts';
import type { AddCommand } from './surroundings.ts';

/** `completion SHELL`: writes what has a shell complete the commands of the installed program. */
export const addCompletionCommand: AddCommand = (program, { registry, environment, stdout }) => {
  program
    .command('completion')
    .summary('have a shell complete commands, flags and names')
    .description(
      'Writes a script that has a shell complete what follows gitops-lab: commands, flags, scenarios, disturbances, labs. Needs gitops-lab in your PATH.',
    )
    .addArgument(new Argument('<shell>', `which one: ${shells.join(', ')}`).argParser(oneOf('shell', shells)))
    .action(async (shell) => {
      const { completedCommands } = await import('./completion/words.ts');
      const { scriptFor } = await import('./completion/scripts.ts');
      stdout.write(scriptFor[shell](completedCommands(program, registry), labsDirectory(environment)));
    });
};
