import type { CommandUnknownOpts } from '@commander-js/extra-typings';
import { wrongUsage, type ExplainedError } from '../common/explained-error.ts';

/** Settings of npm's own, which people have in their .npmrc for other reasons. */
const npmOwn = new Set(['only']);

/** Flags that npm takes for the beginning of a setting of its own (https://docs.npmjs.com/cli/using-npm/config): it sets that to nothing. */
const npmLonger: Readonly<Record<string, string>> = { view: 'viewer' };

function optionNames(command: CommandUnknownOpts): string[] {
  const own = command.options.flatMap(({ long }) => (typeof long === 'string' ? [long.slice(2)] : []));
  return [...own, ...command.commands.flatMap(optionNames)];
}

/** Flags of a command that `npm run` took for itself, because no `--` was put before them. */
function swallowedFlags(
  command: CommandUnknownOpts,
  given: readonly string[],
  environment: NodeJS.ProcessEnv,
): string[] {
  return [...new Set(optionNames(command))].filter((name) => {
    const value = environment[`npm_config_${name.replaceAll('-', '_')}`] ?? '';
    const longer = npmLonger[name];
    const isEmptied = longer !== undefined && environment[`npm_config_${longer}`] === '';
    const isGiven = given.some((word) => word === `--${name}` || word.startsWith(`--${name}=`));
    return (value !== '' || isEmptied) && !isGiven && !npmOwn.has(name);
  });
}

/** How the flags of a command are given through npm; `given` are the words that came through. */
export function npmHint(command: CommandUnknownOpts, given: readonly string[]): string {
  const start = ['npm', 'run', command.name(), '--', ...given.slice(1, 2)].join(' ');
  return `put "--" before the flags, or npm takes them for itself: ${start} --FLAG VALUE`;
}

/** True where this process runs as the npm script that is named as the command. */
export function runsUnderNpm(command: CommandUnknownOpts, environment: NodeJS.ProcessEnv): boolean {
  return environment['npm_lifecycle_event'] === command.name();
}

/** An explanation where npm has swallowed flags of the command (https://docs.npmjs.com/cli/commands/npm-run), else undefined. */
export function explainSwallowedFlags(
  command: CommandUnknownOpts,
  given: readonly string[],
  environment: NodeJS.ProcessEnv,
): ExplainedError | undefined {
  if (!runsUnderNpm(command, environment)) return undefined;
  const swallowed = swallowedFlags(command, given, environment);
  if (swallowed.length === 0) return undefined;
  return wrongUsage(
    `npm kept ${swallowed.map((name) => `--${name}`).join(', ')} for itself`,
    npmHint(command, given),
  );
}
