import type { ToolName } from '../toolchain/tool.ts';

/** The tools that an embedded control plane is made of. */
export const embeddedTools: readonly ToolName[] = ['etcd', 'kubernetes', 'kwok'];
