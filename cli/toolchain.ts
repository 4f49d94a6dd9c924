import { toolNames, provideTools, type Tool, type ToolName } from '../lab/toolchain/toolchain.ts';
import { toolchainProgress } from '../lab/toolchain/terminal.ts';
import { engines } from '../lab/engines/registry.ts';
import { oneOf } from './choices.ts';
import { table } from './table.ts';
import type { AddCommand, Registry } from './surroundings.ts';

/** The tools that the first of the registered labs and the engines need, each once. */
export function toolsOf(registry: Registry): ToolName[] {
  const wanted = new Set([
    ...registry.labs[0].choose({}).tools,
    ...registry.engines.flatMap((name) => engines[name].tools),
  ]);
  return toolNames.filter((name) => wanted.has(name));
}

function toolTable(tools: Iterable<Tool>): string {
  const rows = [...tools].flatMap(({ version, origin, files }) =>
    Object.entries(files).map(([file, location]) => [file, version, origin, location]),
  );
  return table([['program', 'version', 'origin', 'path'], ...rows]);
}

/** `toolchain [NAMES…]`: provides the programs. */
export const addToolchainCommand: AddCommand = (program, { registry, environment, interruption, stdout }) => {
  program
    .command('toolchain')
    .summary('fetch or build the programs')
    .description(
      'Provides the programs that the scenarios need: from GITOPS_LAB_TOOLS, the cache, their publishers, or Go.',
    )
    .argument('[names...]', `only these: ${toolNames.join(', ')}`)
    .action(async (names) => {
      const wanted = names.length === 0 ? toolsOf(registry) : names.map(oneOf('tool', toolNames));
      const progress = toolchainProgress(stdout);
      const tools = await provideTools(wanted, { environment, progress, signal: interruption.signal });
      stdout.write(`${toolTable(tools.values())}\n`);
    });
};
