import { wrongUsage } from '../../common/explained-error.ts';
import type { Announce } from '../../scenarios/runner/stage.ts';
import type { Display } from '../progress/display.ts';
import { Host, type HostOptions } from './host.ts';
import { interruptOwnProcess, terminalKeys, type Keys } from './keys.ts';

/** A run that is made before an audience. */
export interface Presentation extends Display {
  readonly announce: Announce;
}

const help = [
  'space, Enter, Page Down, → : go on',
  'q, Ctrl-C : end in order; the results so far are kept, and get a report',
  '? : these keys',
];

/** Throws an explained error where neither a key nor a pace would ever have a presentation go on. */
export function demandPace(hasKeys: boolean, paceMs: number | undefined): void {
  if (hasKeys || paceMs !== undefined) return;
  throw wrongUsage(
    'a presentation waits for keys, and there is no terminal to press them at',
    'run it at a terminal, or say how long each pause lasts: --pace 5s',
  );
}

interface PresentationOptions extends Omit<HostOptions, 'help' | 'banner' | 'keys'> {
  /** Those of the terminal unless they are given. */
  readonly keys?: Keys;
  /** Ends the run in order, as a Ctrl-C does unless it is given. */
  readonly quit?: () => void;
}

/** Opens the stage for a run that is made now. */
export function openPresentation({
  keys = terminalKeys(process.stdin),
  quit = interruptOwnProcess,
  ...options
}: PresentationOptions): Presentation {
  const host = new Host({ ...options, keys, help, banner: '' });
  const unlisten = keys.listen((key) => {
    if (key === 'quit') quit();
  });
  let isClosed = false;
  return {
    run: (event) => {
      if (!isClosed || event.type === 'step') host.take(event);
    },
    say: (line) => {
      host.add([{ kind: 'note', text: line }]);
    },
    announce: async (announcement, signal) => {
      host.take({ type: 'announce', announcement });
      await host.standStill(announcement.disturbance.command, ['go'], signal);
    },
    close: () => {
      if (isClosed) return;
      isClosed = true;
      unlisten();
      keys.close();
      host.close();
    },
  };
}
