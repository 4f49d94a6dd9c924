import { chmod, copyFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { ExplainedError, messageOf } from '../../common/explained-error.ts';
import type { ContainerEngine } from '../containers/container-engine.ts';
import { fileOf } from '../toolchain/file-of.ts';
import type { Tools } from './node-tools.ts';

const probe = 'localhost/gitops-lab/privileged-probe:1';

/** Why a privileged container did not start, and what the user can do about it. */
export function explainRefusal(engine: string, said: string): ExplainedError {
  const lacksCapability = /unable to apply caps|caps: operation not permitted/i.test(said);
  return new ExplainedError({
    what: `${engine} can't run privileged containers here, which nodes of kind are`,
    why: lacksCapability
      ? `runc asks for all capabilities, and this machine's bounding set lacks one (CapBnd in /proc/self/status): ${said}`
      : said,
    next: lacksCapability
      ? 'let it ask for those that are left, with bounded-runc: docs/labs/offline.md has the steps; nothing is changed unasked'
      : `look whether ${engine} run --privileged works`,
  });
}

/** Runs a small program in a privileged container, and throws an explained error where that can't be. */
export async function requirePrivileged(
  engine: ContainerEngine,
  tools: Tools,
  directory: string,
  signal: AbortSignal,
): Promise<void> {
  await copyFile(fileOf(tools, 'crictl', 'crictl'), path.join(directory, 'program'));
  await chmod(path.join(directory, 'program'), 0o755);
  await writeFile(path.join(directory, 'Dockerfile'), 'FROM scratch\nCOPY program /program\n');
  await engine.run(['build', '--quiet', '--tag', probe, directory], signal);
  try {
    const asked = ['run', '--rm', '--privileged', '--network', 'none', probe, '/program', '--version'];
    await engine.run(asked, signal);
  } catch (error) {
    signal.throwIfAborted();
    const why = error instanceof ExplainedError ? (error.why ?? error.message) : messageOf(error);
    throw explainRefusal(engine.name, why.split('\n')[0] ?? why);
  } finally {
    await engine.run(['rmi', '--force', probe]).catch(() => undefined);
  }
}
