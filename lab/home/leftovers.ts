import { execa } from 'execa';
import { appendFileSync, readFileSync } from 'node:fs';
import path from 'node:path';
import * as z from 'zod';
import { ExplainedError } from '../../common/explained-error.ts';

const Leftover = z.object({
  /** What it is, in a few words: `the kind cluster lab`. */
  what: z.string(),
  program: z.string(),
  args: z.array(z.string()),
  environment: z.record(z.string(), z.string()).default({}),
});

/** Something of a lab that outlives every process of this machine, and the command that removes it; removing it twice does no harm. */
export type Leftover = z.infer<typeof Leftover>;

const fileOf = (directory: string): string => path.join(directory, 'leftovers.jsonl');

/** Longer than a container engine takes to remove a few nodes on a busy machine. */
const removalTimeoutMs = 120_000;

/** Writes down what will outlive the program, before it is made. */
export function recordLeftover({ directory }: { readonly directory: string }, leftover: Leftover): void {
  appendFileSync(fileOf(directory), `${JSON.stringify(leftover)}\n`, { mode: 0o600 });
}

function readLeftovers(directory: string): Leftover[] {
  let text: string;
  try {
    text = readFileSync(fileOf(directory), 'utf8');
  } catch {
    return [];
  }
  return text
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => Leftover.parse(JSON.parse(line)));
}

/** Removes what outlived the program, the latest first. Throws an explained error where something can't be removed. */
export async function removeLeftovers(directory: string): Promise<void> {
  const seen = new Set<string>();
  for (const leftover of readLeftovers(directory).reverse()) {
    const { what, program, args, environment } = leftover;
    const key = JSON.stringify(leftover);
    if (seen.has(key)) continue;
    seen.add(key);
    const { exitCode, all, shortMessage } = await execa(program, args, {
      env: environment,
      stdin: 'ignore',
      all: true,
      reject: false,
      timeout: removalTimeoutMs,
    });
    if (exitCode === 0) continue;
    throw new ExplainedError({
      what: `${what} could not be removed`,
      why: all.trim() || (shortMessage ?? 'it said nothing'),
      next: `remove it: ${[program, ...args].join(' ')}`,
    });
  }
}
