import { createReadStream } from 'node:fs';
import { open, type FileHandle } from 'node:fs/promises';
import { createInterface } from 'node:readline';
import { onMachineClock, onRunClock, type ClockEra } from './machine-clock.ts';
import { parseLogLine, type LogLine } from './log-line.ts';

/** A line of a log on the run's clock. */
export interface TimedLine extends Pick<LogLine, 'level' | 'text' | 'isWholeSecond'> {
  readonly atMs: number;
  /** How many lines without a time followed it, as those of a stack trace. */
  readonly moreLines: number;
}

/** The part of a log that is wanted, on the run's clock. */
export interface LogWindow {
  readonly fromMs: number;
  readonly toMs: number;
}

const chunkBytes = 65_536;
/** Threads of a program write their lines a little out of order. */
const disorderMs = 5000;
/** How far back the last line before the window is looked for. */
const lookBackMs = 30_000;
/** By how much lines may go back in time before the machine's clock is taken to have been set back. */
const setBackMs = 500;

/** The machine's time of the first line that tells one after `offset`; undefined where there is none nearby. */
async function timeAfter(file: FileHandle, offset: number, aroundMs: number): Promise<number | undefined> {
  const { buffer, bytesRead } = await file.read(Buffer.alloc(chunkBytes), 0, chunkBytes, offset);
  // The first line and the last one may be cut off.
  const lines = buffer.subarray(0, bytesRead).toString('utf8').split('\n').slice(1, -1);
  for (const line of lines) {
    const parsed = parseLogLine(line, aroundMs);
    if (parsed !== undefined) return parsed.wallTimeMs;
  }
  return undefined;
}

/** A place in the file before which no line is as late as `wallTimeMs`, found without reading all of it. */
async function placeBefore(path: string, wallTimeMs: number): Promise<number> {
  const file = await open(path);
  try {
    let low = 0;
    let high = (await file.stat()).size;
    while (high - low > chunkBytes) {
      const middle = Math.floor((low + high) / 2);
      const timeMs = await timeAfter(file, middle, wallTimeMs);
      if (timeMs !== undefined && timeMs < wallTimeMs) low = middle;
      else high = middle;
    }
    return low;
  } finally {
    await file.close();
  }
}

/** Which era a line belongs to: the next one, where time has gone back since the line before it. */
class EraOfLines {
  readonly #eras: readonly ClockEra[];
  #index = 0;
  #latestMs = -Infinity;

  constructor(eras: readonly ClockEra[]) {
    this.#eras = eras;
  }

  of(wallTimeMs: number): ClockEra {
    if (wallTimeMs < this.#latestMs - setBackMs && this.#index < this.#eras.length - 1) {
      this.#index += 1;
      this.#latestMs = wallTimeMs;
    }
    this.#latestMs = Math.max(this.#latestMs, wallTimeMs);
    return this.#eras[this.#index] ?? [];
  }
}

/** Reads no more of the file than it takes where the machine's clock was never set back, and otherwise all before the end. */
async function startOf(path: string, window: LogWindow, eras: readonly ClockEra[]): Promise<number> {
  const [only = [], ...others] = eras;
  const wallTimeMs = onMachineClock(window.fromMs, only);
  if (others.length > 0 || wallTimeMs === undefined) return 0;
  return placeBefore(path, wallTimeMs - lookBackMs - disorderMs);
}

/**
 * The lines of the log at `path` that were written in `window`, in the order in which they stand there, after the last one of
 * the 30 seconds before it: when a controller means to come back often stands there. `eras` are the
 * readings of both clocks in the trial that the log belongs to; without any there are no lines. Throws where it can't be read.
 */
export async function readLog(
  path: string,
  window: LogWindow,
  eras: readonly ClockEra[],
): Promise<TimedLine[]> {
  const start = await startOf(path, window, eras);
  const aroundMs = onMachineClock(window.fromMs, eras.at(-1) ?? []);
  if (aroundMs === undefined) return [];
  let before: TimedLine[] = [];
  const found: TimedLine[] = [];
  const eraOf = new EraOfLines(eras);
  let lastRead: TimedLine[] = [];
  const stream = createReadStream(path, { start, encoding: 'utf8' });
  try {
    for await (const line of createInterface({ input: stream, crlfDelay: Infinity })) {
      const parsed = parseLogLine(line, aroundMs);
      if (parsed === undefined) {
        const last = lastRead.pop();
        if (last !== undefined) lastRead.push({ ...last, moreLines: last.moreLines + 1 });
        continue;
      }
      const { wallTimeMs, isWholeSecond, level, text } = parsed;
      // A time in whole seconds may be up to a second too early: its middle is at most half a second off.
      const atMs = onRunClock(wallTimeMs + (isWholeSecond ? 500 : 0), eraOf.of(wallTimeMs)) ?? -Infinity;
      if (atMs > window.toMs + disorderMs) break;
      if (atMs >= window.fromMs && atMs <= window.toMs) lastRead = found;
      else if (atMs < window.fromMs && atMs >= window.fromMs - lookBackMs) lastRead = before = [];
      else lastRead = [];
      lastRead.push({ atMs, isWholeSecond, level, text, moreLines: 0 });
    }
  } finally {
    stream.destroy();
  }
  return [...before, ...found];
}
