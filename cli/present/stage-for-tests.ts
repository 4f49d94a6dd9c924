import { PassThrough } from 'node:stream';
import { stripVTControlCharacters } from 'node:util';
import type { DisplayStream } from '../progress/display.ts';
import type { Key, Keys } from './keys.ts';

/** Keys that a test presses. */
export function pressedKeys() {
  const listeners = new Set<(key: Key) => void>();
  let isClosed = false;
  const keys: Keys = {
    areThere: true,
    listen: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    close: () => (isClosed = true),
  };
  return {
    keys,
    press: (key: Key): void => {
      for (const listener of [...listeners]) listener(key);
    },
    isClosed: () => isClosed,
  };
}

/** A stream that keeps what is written to it; `take` gives what is new since the last time, without control codes. */
export function keptStream(isTTY: boolean, columns = 80, rows = 24) {
  const sink = new PassThrough();
  let written = '';
  const waiters = new Set<() => void>();
  sink.on('data', (chunk: Buffer) => {
    written += chunk.toString();
    for (const waiter of [...waiters]) waiter();
  });
  const stream: DisplayStream = Object.assign(sink, { isTTY, columns, rows });
  return {
    stream,
    raw: () => written,
    text: () => stripVTControlCharacters(written),
    /** Settles when so much was written that it holds `text`. */
    until: async (text: string): Promise<void> =>
      new Promise((resolve) => {
        const look = (): void => {
          if (!stripVTControlCharacters(written).includes(text)) return;
          waiters.delete(look);
          resolve();
        };
        waiters.add(look);
        look();
      }),
  };
}
