/** Set by the executable that a package manager installs; what it starts inherits it. */
const calledAsVariable = 'GITOPS_LAB_CALLED_AS';

/** How an installed program is called, such as `npx gitops-lab`; undefined in a checkout, where it is called by its npm scripts. */
function calledAs(environment: NodeJS.ProcessEnv): string | undefined {
  const name = environment[calledAsVariable] ?? '';
  return name === '' ? undefined : name;
}

/** Whether the program was installed as a package, so that its own directory is none of the user's. */
export function isInstalled(environment: NodeJS.ProcessEnv = process.env): boolean {
  return calledAs(environment) !== undefined;
}

/** Scripts that take a name without the `--` that npm needs before flags, which reads better. */
const takesName = ['scenario', 'toolchain'];

function isNameAlone(command: string, [word = '-', ...others]: readonly string[]): boolean {
  return takesName.includes(command) && others.length === 0 && !word.startsWith('-');
}

/** The words that have the program do `command` with `words`, as whoever called it types them. */
export function ownCommandLine(
  command: string,
  words: readonly string[],
  environment: NodeJS.ProcessEnv = process.env,
): string[] {
  const called = calledAs(environment);
  if (called !== undefined) return [...called.split(' '), command, ...words];
  const needsDashes = words.length > 0 && !isNameAlone(command, words);
  return ['npm', 'run', command, ...(needsDashes ? ['--'] : []), ...words];
}

/** The same as a text for messages: `npm run lab -- down mine` in a checkout, `npx gitops-lab lab down mine` where it was installed. */
export function ownCommand(command: string, ...words: readonly string[]): string {
  return ownCommandLine(command, words).join(' ');
}

/** The same for a shell that reads what the command says, and nothing that npm says besides. */
export function ownQuietCommand(command: string, ...words: readonly string[]): string {
  return ownCommand(command, ...words).replace(/^npm run /, 'npm run --silent ');
}

/** How the overview is asked for. */
export function overviewCommand(): string {
  return calledAs(process.env) ?? 'npm start';
}
