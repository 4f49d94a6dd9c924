import { mkdir, symlink } from 'node:fs/promises';
import path from 'node:path';
import { fileOf } from '../../lab/toolchain/file-of.ts';
import { provideTools } from '../../lab/toolchain/toolchain.ts';
import { silentProgress } from '../support.ts';

/** Makes `directory` one that has kubectl as its only program, for a PATH. */
export async function giveKubectl(directory: string): Promise<void> {
  await mkdir(directory);
  const tools = await provideTools(['kubectl'], {
    environment: process.env,
    progress: silentProgress,
    signal: new AbortController().signal,
  });
  await symlink(fileOf(tools, 'kubectl', 'kubectl'), path.join(directory, 'kubectl'));
}
