import type { Tool, ToolName } from './tool.ts';

/** The path of a tool's file; throws where the toolchain did not provide it, which is a mistake in a list of tools. */
export function fileOf(tools: ReadonlyMap<ToolName, Tool>, tool: ToolName, file: string): string {
  const found = tools.get(tool)?.files[file];
  if (found === undefined) throw new Error(`the toolchain has no ${file} of ${tool}`);
  return found;
}
