import { watch } from 'node:fs';
import { open, stat } from 'node:fs/promises';

/** The lines that a file gets from now on, one after the other. */
class NewLines {
  #position: number;
  #rest = '';
  readonly #file: string;

  constructor(file: string, position: number) {
    this.#file = file;
    this.#position = position;
  }

  /** Those that were ended since the last call. */
  async read(): Promise<string[]> {
    await using file = await open(this.#file);
    const { size } = await file.stat();
    const length = Math.max(0, size - this.#position);
    if (length === 0) return [];
    const { buffer, bytesRead } = await file.read(Buffer.alloc(length), 0, length, this.#position);
    this.#position += bytesRead;
    const lines = (this.#rest + buffer.subarray(0, bytesRead).toString('utf8')).split('\n');
    this.#rest = lines.pop() ?? '';
    return lines;
  }
}

/**
 * Calls `onLine` with each line that a log gets from now on, as soon as it is ended, until the returned function is called.
 * Nothing of the log itself is changed. Throws where there is no such file.
 */
export async function followLog(logFile: string, onLine: (line: string) => void): Promise<() => void> {
  const { size } = await stat(logFile);
  const lines = new NewLines(logFile, size);
  let isFollowed = true;
  let reading: Promise<void> = Promise.resolve();
  const tell = async (): Promise<void> => {
    for (const line of await lines.read()) if (isFollowed) onLine(line);
  };
  const watcher = watch(logFile, () => {
    // A log that was removed with its lab has no more lines.
    reading = reading.then(tell).catch(() => undefined);
  });
  watcher.on('error', () => undefined);
  return () => {
    isFollowed = false;
    watcher.close();
  };
}
