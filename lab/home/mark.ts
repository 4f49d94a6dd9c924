import { readFileSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import * as z from 'zod';
import { identityOf, type ProcessIdentity } from '../process/process-identity.ts';

const markName = 'lab.json';

const LabMark = z.object({
  program: z.literal('gitops-lab'),
  formatVersion: z.literal(1),
  name: z.string(),
  /** What the lab is for, in a few words. */
  runs: z.string(),
  createdAt: z.iso.datetime(),
  /** The process that started the lab and ends it. */
  owner: z.object({ pid: z.int().positive(), startedAt: z.string() }),
});

/** What makes a directory a lab of ours, and whose it is. */
export type LabMark = z.infer<typeof LabMark>;

/** The identity of the process that asks. */
export function ownIdentity(): ProcessIdentity {
  return identityOf(process.pid) ?? { pid: process.pid, startedAt: 'unknown' };
}

/** Marks a directory as a lab of this process. */
export async function writeMark(
  directory: string,
  about: Pick<LabMark, 'name' | 'runs' | 'createdAt'>,
): Promise<void> {
  const { name, runs, createdAt } = about;
  const mark: LabMark = {
    program: 'gitops-lab',
    formatVersion: 1,
    name,
    runs,
    createdAt,
    owner: ownIdentity(),
  };
  await writeFile(path.join(directory, markName), `${JSON.stringify(mark, null, 2)}\n`, { mode: 0o600 });
}

/** The mark of a directory, or undefined where it is no lab of ours. */
export function readMark(directory: string): LabMark | undefined {
  try {
    const mark = LabMark.parse(JSON.parse(readFileSync(path.join(directory, markName), 'utf8')));
    return mark.name === path.basename(directory) ? mark : undefined;
  } catch {
    return undefined;
  }
}
