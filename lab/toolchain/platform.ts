import { ExplainedError } from '../../common/explained-error.ts';

/** An operating system and processor, in Go's words (`go tool dist list`). */
export interface Platform {
  readonly os: 'linux' | 'darwin';
  readonly arch: 'amd64' | 'arm64';
}

const architectures: Readonly<Record<string, Platform['arch']>> = { x64: 'amd64', arm64: 'arm64' };

/** The platform in Go's words, from Node's. Throws an explained error where the lab has no programs for it. */
export function platformOf(nodePlatform: string, nodeArchitecture: string): Platform {
  const arch = architectures[nodeArchitecture];
  if (arch !== undefined && (nodePlatform === 'linux' || nodePlatform === 'darwin')) {
    return { os: nodePlatform, arch };
  }
  throw new ExplainedError({
    what: `no programs are pinned for ${nodePlatform} on ${nodeArchitecture}`,
    why: 'the lab runs on Linux and macOS, on amd64 and arm64',
    next: 'use such a machine; on Windows, WSL 2 is one',
  });
}
