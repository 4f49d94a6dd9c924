import { execa } from 'execa';
import { readFile } from 'node:fs/promises';
import os from 'node:os';
import { pathToFileURL } from 'node:url';
import { requireGit } from '../../lab/forge/git.ts';
import { describeMismatch, type Tool, type ToolName } from '../../lab/toolchain/toolchain.ts';
import type { Results } from '../../reports/record/schema.ts';

type Provenance = Results['provenance'];

const projectRoot = new URL('../../', import.meta.url);

async function ownGit(...args: string[]): Promise<string | null> {
  const { exitCode, stdout } = await execa('git', args, { cwd: projectRoot, reject: false });
  return exitCode === 0 ? stdout.trim() : null;
}

/** The commit of this project's own checkout; null where it was installed in some other way. */
async function ownCommit(): Promise<{ commit: string | null; isClean: boolean | null }> {
  const top = await ownGit('rev-parse', '--show-toplevel');
  if (top === null || new URL(`${pathToFileURL(top).href}/`).href !== projectRoot.href)
    return { commit: null, isClean: null };
  const [commit, changes] = await Promise.all([ownGit('rev-parse', 'HEAD'), ownGit('status', '--porcelain')]);
  return { commit, isClean: changes === '' };
}

async function ownVersion(): Promise<string> {
  const { version } = JSON.parse(await readFile(new URL('package.json', projectRoot), 'utf8')) as {
    version: string;
  };
  return version;
}

/** What ran, of which versions, on which machine, from which command line and seed. */
export async function readProvenance(
  commandLine: readonly string[],
  seed: number,
  tools: ReadonlyMap<ToolName, Tool>,
): Promise<Provenance> {
  const [version, checkout, gitVersion] = await Promise.all([ownVersion(), ownCommit(), requireGit()]);
  return {
    version,
    ...checkout,
    commandLine: [...commandLine],
    seed,
    machine: {
      operatingSystem: `${os.type()} ${os.release()}`,
      architecture: os.arch(),
      processor: os.cpus()[0]?.model ?? 'unknown',
      cores: os.availableParallelism(),
      memoryBytes: os.totalmem(),
      nodeVersion: process.version,
      gitVersion,
      loadAverageAtStart: os.loadavg()[0] ?? 0,
    },
    programs: [...tools.values()].map(({ name, version: toolVersion, origin, source, sha256 }) => ({
      name,
      version: toolVersion,
      origin,
      source,
      sha256,
    })),
    notices: describeMismatch(tools),
  };
}
