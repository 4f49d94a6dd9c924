import { appendFile, readFile, truncate } from 'node:fs/promises';
import * as z from 'zod';
import { ExplainedError, messageOf } from '../../common/explained-error.ts';
import { unreadable } from './find-run.ts';
import { Observation } from './observation.ts';
import { codeOf, explainWriteFailure } from './write-failure.ts';

interface HistoryRead {
  readonly history: readonly Observation[];
  /** What was missing or set aside, as sentences. */
  readonly notices: readonly string[];
}

/**
 * Reads a history.jsonl. A last line that was cut off, as a crash leaves it, is set aside with a notice, and so is a
 * missing file. Throws an explained error for any other line that is no observation.
 */
export async function readHistory(path: string): Promise<HistoryRead> {
  const text = await readIfThere(path);
  if (text === undefined)
    return { history: [], notices: ['history.jsonl is missing: there are no timelines.'] };
  const lines = text.split('\n');
  const last = lines.pop() ?? '';
  const history = lines.map((line, index) => parseLine(line, index + 1, path));
  if (last === '') return { history, notices: [] };
  try {
    return { history: [...history, parseLine(last, lines.length + 1, path)], notices: [] };
  } catch {
    return { history, notices: ['The last line of history.jsonl was cut off and is set aside.'] };
  }
}

/**
 * Moves a last line that was cut off, as a crash or a full disk leaves it, from the history at `path` to `history.torn`
 * beside it, so that the history can be gone on with. Throws an explained error where that can't be written.
 */
export async function setAsideTornLine(path: string): Promise<void> {
  const text = await readIfThere(path);
  if (text === undefined || text === '' || text.endsWith('\n')) return;
  const whole = text.slice(0, text.lastIndexOf('\n') + 1);
  try {
    await appendFile(path.replace(/jsonl$/, 'torn'), `${text.slice(whole.length)}\n`);
    await truncate(path, Buffer.byteLength(whole));
  } catch (error) {
    throw explainWriteFailure(error, path);
  }
}

async function readIfThere(path: string): Promise<string | undefined> {
  try {
    return await readFile(path, 'utf8');
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return undefined;
    throw unreadable(path, error);
  }
}

function parseLine(line: string, number: number, path: string): Observation {
  const parsed = Observation.safeParse(parseJson(line, number, path));
  if (parsed.success) return parsed.data;
  throw damaged(number, path, z.prettifyError(parsed.error));
}

function parseJson(line: string, number: number, path: string): unknown {
  try {
    return JSON.parse(line);
  } catch (error) {
    throw damaged(number, path, messageOf(error));
  }
}

function damaged(number: number, path: string, why: string): ExplainedError {
  return new ExplainedError({
    what: `line ${number} of "${path}" is no observation`,
    why,
    next: 'restore the file as the run wrote it; without the file the report has no timelines',
  });
}
