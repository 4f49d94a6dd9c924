import { Command, CommanderError, type CommandUnknownOpts } from '@commander-js/extra-typings';
import { exitCodes, explain } from '../common/explained-error.ts';
import { overviewCommand, ownCommand } from '../common/own-command.ts';
import { killOwnLabsNow } from '../lab/home/labs.ts';
import { describeFailure } from './failure.ts';
import { showExamples } from './help/show-examples.ts';
import { watchForInterruption } from './interruption.ts';
import { explainSwallowedFlags, npmHint, runsUnderNpm } from './npm-flags.ts';
import { overview } from './overview.ts';
import type { AddCommand, Registry, Surroundings } from './surroundings.ts';

function watchProcess({ stdout, stderr }: NodeJS.Process): Surroundings['interruption'] {
  const interruption = watchForInterruption({
    announce: () => {
      stderr.write('stopping, the results so far are kept; Ctrl-C again ends at once\n');
    },
    endAtOnce: killOwnLabsNow,
    isTerminal: () => stdout.isTTY || stderr.isTTY,
  });
  // The reader of the output is gone, as in `npm run … | head`.
  for (const stream of [stdout, stderr]) stream.on('error', interruption.loseOutput);
  return interruption;
}

function setOutput(command: CommandUnknownOpts): void {
  command.exitOverride().configureOutput({ outputError: () => undefined });
  for (const member of command.commands) setOutput(member);
}

/** The command that the first words name; the program itself where they name none. */
function namedCommand(program: CommandUnknownOpts, words: readonly string[]): CommandUnknownOpts {
  return program.commands.find((command) => command.name() === words[0]) ?? program;
}

function helpFor(
  command: CommandUnknownOpts,
  words: readonly string[],
  error: unknown,
  environment: NodeJS.ProcessEnv,
): string {
  const isExcess = error instanceof CommanderError && error.code === 'commander.excessArguments';
  if (isExcess && runsUnderNpm(command, environment)) return npmHint(command, words);
  return command.parent === null
    ? `${overviewCommand()} shows what there is to do`
    : `${ownCommand(command.name(), '--help')} explains it`;
}

function isHelp(error: unknown): error is CommanderError {
  return error instanceof CommanderError && error.code.startsWith('commander.help');
}

/** Ends the program after an error that no command was waiting for; labs unwind as after a Ctrl-C. */
function catchStrays({ interruption, stderr, environment }: Surroundings): void {
  let isFirst = true;
  process.on('uncaughtException', (error) => {
    stderr.write(`${describeFailure(error, '', environment).text}\n`);
    process.exitCode = exitCodes.failed;
    if (isFirst) interruption.interrupt();
    else process.exit();
    isFirst = false;
  });
}

/** Runs the words of a command line to their end, and sets the exit code of the process. */
export async function runCommandLine(
  words: readonly string[],
  registry: Registry,
  commands: readonly AddCommand[],
): Promise<void> {
  const { env: environment, stdout, stderr } = process;
  const surroundings: Surroundings = {
    registry,
    environment,
    stdout,
    stderr,
    interruption: watchProcess(process),
    setExitCode: (exitCode) => (process.exitCode = exitCode),
  };
  catchStrays(surroundings);
  if (words.length === 0) {
    stdout.write(`${overview(registry)}\n`);
    return;
  }
  const program = new Command('gitops-lab')
    .usage('COMMAND [FLAGS]')
    .helpCommand(false)
    // Flags behind the name of a command are that command's own, where the group that it is in has one of that name, too.
    .enablePositionalOptions();
  for (const add of commands) add(program, surroundings);
  showExamples(program);
  setOutput(program);
  const command = namedCommand(program, words);
  const swallowed = explainSwallowedFlags(command, words, environment);
  if (swallowed !== undefined) {
    stderr.write(`${explain(swallowed)}\n`);
    process.exitCode = swallowed.exitCode;
    return;
  }
  try {
    await program.parseAsync([...words], { from: 'user' });
  } catch (error) {
    if (isHelp(error)) process.exitCode = error.exitCode === 0 ? exitCodes.done : exitCodes.wrongUsage;
    else if (surroundings.interruption.signal.aborted) process.exitCode ??= exitCodes.interrupted;
    else {
      const failure = describeFailure(error, helpFor(command, words, error, environment), environment);
      stderr.write(`${failure.text}\n`);
      process.exitCode = failure.exitCode;
    }
  }
}
