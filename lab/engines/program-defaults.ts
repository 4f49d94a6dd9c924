import { execa } from 'execa';

/**
 * The values that a program's flags have where nobody sets them, read from its own `--help`.
 * Many programs take these defaults from the environment, so they are asked in the environment of the running one.
 */
export async function readFlagDefaults(
  program: string,
  environment: Readonly<Record<string, string>>,
): Promise<ReadonlyMap<string, string>> {
  const { all } = await execa(program, ['--help'], {
    env: environment,
    all: true,
    reject: false,
    timeout: 10_000,
  });
  return parseFlagDefaults(all);
}

/** What a help text leaves out: the default of a flag whose value is the zero of its type. */
const zeroValues: Readonly<Record<string, string>> = {
  int: '0',
  uint: '0',
  float: '0',
  duration: '0s',
  string: '',
};

/** Reads `--name TYPE … (default VALUE)` out of a help text (https://pkg.go.dev/github.com/spf13/pflag). */
export function parseFlagDefaults(help: string): ReadonlyMap<string, string> {
  const defaults = new Map<string, string>();
  for (const line of help.split('\n')) {
    const [, name, type] = /^\s+(?:-\w, )?--([\w-]+)(?: (\w+))?(?:\s|$)/.exec(line) ?? [];
    const stated = /\([Dd]efault "?([^")]*)"?\)$/.exec(line.trimEnd())?.[1];
    // A flag without a type is a boolean.
    const value = stated ?? (type === undefined ? 'false' : zeroValues[type]);
    if (name !== undefined && value !== undefined) defaults.set(name, value);
  }
  return defaults;
}
