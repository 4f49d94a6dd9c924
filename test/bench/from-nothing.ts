import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { toolchainProgress } from '../../lab/toolchain/terminal.ts';
import { provideTools, type ToolName } from '../../lab/toolchain/toolchain.ts';
import { $ } from 'zx';
import { atMostMs, type Measurement } from './measurement.ts';

const longestMs = 18 * 60_000;

/** How long the tools take with every cache empty, Go's own included. */
export async function benchFromNothing(names: readonly ToolName[]): Promise<Measurement[]> {
  const directory = await mkdtemp(path.join(tmpdir(), 'gitops-lab-bench-'));
  const environment = {
    ...process.env,
    XDG_CACHE_HOME: directory,
    GOCACHE: path.join(directory, 'go-build'),
    GOMODCACHE: path.join(directory, 'go-modules'),
  };
  const startMs = performance.now();
  try {
    const signal = new AbortController().signal;
    await provideTools(names, { environment, progress: toolchainProgress(process.stdout), signal });
    return [atMostMs('every tool from nothing', [performance.now() - startMs], longestMs)];
  } finally {
    // Go makes its modules read-only.
    await $({ quiet: true })`chmod -R u+w ${directory}`;
    await rm(directory, { recursive: true, force: true });
  }
}
