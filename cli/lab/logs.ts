import { open, readdir, readFile, stat } from 'node:fs/promises';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { ExplainedError, wrongUsage } from '../../common/explained-error.ts';
import { suggestName } from '../../common/nearest-name.ts';
import type { LabHome } from '../../lab/home/lab-home.ts';
import { endOfLog } from '../../lab/process/component.ts';

const linesOfEach = 10;
const followEveryMs = 250;

interface LogFile {
  readonly component: string;
  readonly file: string;
}

async function findLogs({ name, logDirectory }: LabHome): Promise<LogFile[]> {
  const names = (await readdir(logDirectory).catch(() => [])).filter((file) => file.endsWith('.log')).sort();
  if (names.length === 0) {
    throw new ExplainedError({
      what: `the lab "${name}" has no logs here`,
      why: 'the logs of a run lie in its own folder',
    });
  }
  return names.map((file) => ({
    component: file.slice(0, -'.log'.length),
    file: path.join(logDirectory, file),
  }));
}

function choose(logs: readonly LogFile[], component: string): LogFile {
  const found = logs.find((log) => log.component === component);
  if (found !== undefined) return found;
  const known = logs.map((log) => log.component);
  throw wrongUsage(`unknown component "${component}"`, suggestName(component, known));
}

async function readFrom(file: string, start: number): Promise<string> {
  await using handle = await open(file);
  const { size } = await handle.stat();
  if (size <= start) return '';
  const { buffer, bytesRead } = await handle.read(Buffer.alloc(size - start), 0, size - start, start);
  return buffer.toString('utf8', 0, bytesRead);
}

/** Shows what is appended to logs until it is aborted. Asks again and again, because files are not watched alike everywhere. */
async function follow(
  logs: readonly LogFile[],
  show: (log: LogFile, text: string) => void,
  signal: AbortSignal,
): Promise<void> {
  const shown = new Map<LogFile, number>();
  for (const log of logs) shown.set(log, (await stat(log.file)).size);
  while (!signal.aborted) {
    for (const [log, size] of shown) {
      const text = await readFrom(log.file, size).catch(() => '');
      shown.set(log, size + Buffer.byteLength(text));
      if (text !== '') show(log, text);
    }
    await delay(followEveryMs, undefined, { signal }).catch(() => undefined);
  }
}

interface LogsRequest {
  readonly component: string | undefined;
  readonly isFollowing: boolean;
  readonly signal: AbortSignal;
  readonly write: (text: string) => void;
}

/** Shows the whole log of a component, or the last lines of each; then what is appended, where it is to follow. */
export async function showLogs(
  home: LabHome,
  { component, isFollowing, signal, write }: LogsRequest,
): Promise<void> {
  const all = await findLogs(home);
  const chosen = component === undefined ? all : [choose(all, component)];
  for (const log of chosen) {
    if (component === undefined) write(`==> ${log.component}\n${await endOfLog(log.file, linesOfEach)}\n\n`);
    else write(await readFile(log.file, 'utf8'));
  }
  if (!isFollowing) return;
  const show = ({ component: name }: LogFile, text: string): void => {
    write(component === undefined ? text.replaceAll(/^(?=.)/gm, `${name}: `) : text);
  };
  await follow(chosen, show, signal);
}
