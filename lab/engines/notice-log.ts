import { readFile } from 'node:fs/promises';
import type { NoticeTally } from './engine.ts';

/** What a line of an engine's log holds when it begins to send a notification, and when it could not deliver one. */
export interface NoticeWords {
  readonly sent: string;
  readonly givenUp: string;
}

/** How often each was logged. */
export function tallyOf(log: string, { sent, givenUp }: NoticeWords): NoticeTally {
  const lines = log.split('\n');
  const count = (words: string): number => lines.filter((line) => line.includes(words)).length;
  return { sent: count(sent), givenUp: count(givenUp) };
}

/** Counts them in a log as it is now. */
export async function readNoticeTally(logFile: string, words: NoticeWords): Promise<NoticeTally> {
  return tallyOf(await readFile(logFile, 'utf8'), words);
}
