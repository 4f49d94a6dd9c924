import { appendFileSync, readFileSync } from 'node:fs';
import { isRunning, type ProcessIdentity } from './process-identity.ts';
import { endGroup } from './end-group.ts';

/** A process that was started, as it stands in a ledger: one JSON object a line. */
export interface LedgerEntry extends ProcessIdentity {
  readonly name: string;
}

/** Writes down a started process, so that another run can end it after a crash of this one. */
export function recordProcess(ledgerFile: string, entry: LedgerEntry): void {
  appendFileSync(ledgerFile, `${JSON.stringify(entry)}\n`, { mode: 0o600 });
}

function parseEntry(line: string): LedgerEntry | undefined {
  try {
    const { name, pid, startedAt } = JSON.parse(line) as Partial<LedgerEntry>;
    const isWhole = typeof name === 'string' && typeof pid === 'number' && typeof startedAt === 'string';
    return isWhole ? { name, pid, startedAt } : undefined;
  } catch {
    // The last line of a crashed run can be torn; what it named was never waited for.
    return undefined;
  }
}

/** The processes of a ledger that still run; none where there is no ledger. */
export function runningProcesses(ledgerFile: string): LedgerEntry[] {
  let text: string;
  try {
    text = readFileSync(ledgerFile, 'utf8');
  } catch {
    return [];
  }
  return text
    .split('\n')
    .map(parseEntry)
    .filter((entry) => entry !== undefined)
    .filter((entry) => isRunning(entry));
}

/** Ends what a ledger names and still runs, latest first; the names of what was ended. */
export async function endRecorded(ledgerFile: string): Promise<string[]> {
  const left = runningProcesses(ledgerFile).reverse();
  await Promise.all(left.map(async (entry) => endGroup(entry)));
  return left.map(({ name }) => name);
}
