import { emitKeypressEvents } from 'node:readline';

/** What a key means on the stage. */
export type Key = 'go' | 'forward' | 'skip' | 'help' | 'quit';

/** Keys as they are pressed. */
export interface Keys {
  /** False where there is no terminal to press one at. */
  readonly areThere: boolean;
  /** Calls `listener` with each key until the returned function is called. */
  readonly listen: (listener: (key: Key) => void) => () => void;
  /** Gives the terminal back as it was. */
  readonly close: () => void;
}

/** Where nobody can press a key. */
export const noKeys: Keys = { areThere: false, listen: () => () => undefined, close: () => undefined };

/** Presenters that stand in for a hand send Page Down, or an arrow. */
const meanings: Readonly<Record<string, Key>> = {
  space: 'go',
  return: 'go',
  enter: 'go',
  right: 'go',
  down: 'go',
  pagedown: 'go',
  f: 'forward',
  s: 'skip',
  q: 'quit',
  h: 'help',
};

interface Pressed {
  readonly name?: string | undefined;
  readonly ctrl?: boolean | undefined;
  readonly sequence?: string | undefined;
}

function meaningOf({ name, ctrl, sequence }: Pressed): Key | undefined {
  if (ctrl === true) return undefined;
  if (sequence === '?') return 'help';
  return name !== undefined && Object.hasOwn(meanings, name) ? meanings[name] : undefined;
}

type KeyInput = NodeJS.ReadableStream & {
  readonly isTTY?: boolean;
  readonly setRawMode?: (isRaw: boolean) => unknown;
};

/** Ends the program in order, as a Ctrl-C at a terminal that is in no raw mode does. */
export function interruptOwnProcess(): void {
  process.kill(process.pid, 'SIGINT');
}

/**
 * The keys of a terminal, each at once and without an echo. A Ctrl-C interrupts the program as ever. The terminal is given back
 * by `close`, and when the process ends in any way that it notices.
 */
export function terminalKeys(input: KeyInput, interrupt = interruptOwnProcess): Keys {
  if (input.isTTY !== true) return noKeys;
  const listeners = new Set<(key: Key) => void>();
  const onKeypress = (_: unknown, pressed: Pressed): void => {
    if (pressed.ctrl === true && pressed.name === 'c') interrupt();
    const key = meaningOf(pressed);
    if (key !== undefined) for (const listener of [...listeners]) listener(key);
  };
  const giveBack = (): void => {
    input.setRawMode?.(false);
  };
  let isClosed = false;
  emitKeypressEvents(input);
  input.setRawMode?.(true);
  input.on('keypress', onKeypress);
  input.resume();
  process.on('exit', giveBack);
  return {
    areThere: true,
    listen: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    close: () => {
      if (isClosed) return;
      isClosed = true;
      process.off('exit', giveBack);
      input.off('keypress', onKeypress);
      giveBack();
      input.pause();
    },
  };
}
