import { fileOf } from '../toolchain/file-of.ts';
import type { Tool, ToolName } from '../toolchain/tool.ts';

/** What a node image is made of, and by. */
export const nodeImageTools = [
  'kind',
  'crictl',
  'kubernetes',
  'kubernetes-node',
  'kubectl',
  'node-etcd',
  'containerd',
  'cni-plugins',
  'coredns',
  'local-path-provisioner',
  'node-programs',
  'debian-net',
  'debian-node',
] as const satisfies readonly ToolName[];

/** What labs make other images of where they can't be pulled either; no part of a node. */
export const imageBaseTools = ['debian-base', 'web'] as const satisfies readonly ToolName[];

export type Tools = ReadonlyMap<ToolName, Tool>;

/** Programs by name, wherever they come from. */
export function programsOf(tools: Tools, tool: ToolName, names: readonly string[]): Record<string, string> {
  return Object.fromEntries(names.map((name) => [name, fileOf(tools, tool, name)]));
}

/** Each tool's digest, by name: what a step that uses them depends on. */
export function digestsOf(tools: Tools, names: readonly ToolName[]): Record<string, string> {
  return Object.fromEntries(names.map((name) => [name, tools.get(name)?.sha256 ?? 'missing']));
}
