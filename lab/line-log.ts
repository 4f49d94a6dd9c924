import { createWriteStream } from 'node:fs';

/** Appends lines to a file until it is ended; one that can't be written must not end the lab. */
export function openLineLog(logFile: string): { write: (line: string) => void; end: () => void } {
  const stream = createWriteStream(logFile, { flags: 'a', mode: 0o600 }).on('error', () => undefined);
  return {
    write: (line) => void stream.write(`${new Date().toISOString()} ${line}\n`),
    end: () => void stream.end(),
  };
}
