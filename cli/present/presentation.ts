import { wrongUsage } from '../../common/explained-error.ts';
import type { Announce } from '../../scenarios/runner/stage.ts';
import type { Display } from '../progress/display.ts';
import { Host, type HostOptions } from './host.ts';
import { interruptOwnProcess, terminalKeys, type Keys } from './keys.ts';

/** A run that is made before an audience. */
export interface Presentation extends Display {
  readonly announce: Announce;
  /** Tells of a failure, in lines, and asks whether to go on with what is left; false at once where nobody can press a key. Rejects when aborted. */
  readonly offerToGoOn: (failure: readonly string[], signal: AbortSignal) => Promise<boolean>;
}

const help = [
  'space, Enter, Page Down, → : go on',
  's : leave out what waits, and all that is left of this disturbance',
  'q, Ctrl-C : end in order; the results so far are kept, and get a report',
  '? : these keys',
];

const nothingToLeaveOut =
  's leaves out what waits for a key. Nothing does just now: what has begun is made to its end.';

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

function offerOn(host: Host, areThereKeys: boolean): Presentation['offerToGoOn'] {
  return async (failure, signal) => {
    host.add(failure.map((text) => ({ kind: 'bad', text })));
    if (!areThereKeys) return false;
    const goOn = 'go on with what is left';
    const words = { next: '', goOn, others: ['q: end'], isForKeysAlone: true };
    return (await host.standStill(words, ['go', 'quit'], signal)) === 'go';
  };
}

/** Opens the stage for a run that is made now. */
export function openPresentation({
  keys = terminalKeys(process.stdin),
  quit = interruptOwnProcess,
  ...options
}: PresentationOptions): Presentation {
  const host = new Host({ ...options, keys, help, banner: '' });
  const offer = offerOn(host, keys.areThere);
  let waits: 'for a step' | 'for an answer' | 'for nothing' = 'for nothing';
  let isClosed = false;
  const unlisten = keys.listen((key) => {
    if (key === 'quit' && waits !== 'for an answer') quit();
    if (key === 'skip' && waits !== 'for a step') host.add([{ kind: 'note', text: nothingToLeaveOut }]);
  });
  const during = async <T>(what: typeof waits, wait: Promise<T>): Promise<T> => {
    waits = what;
    return wait.finally(() => (waits = 'for nothing'));
  };
  return {
    run: (event) => {
      if (!isClosed || event.type === 'step') host.take(event);
    },
    say: (line) => {
      host.add([{ kind: 'note', text: line }]);
    },
    announce: async (announcement, signal) => {
      const next = announcement.disturbance.command;
      host.take({ type: 'announce', announcement });
      // What is measured already is not to be lost by a key.
      if (announcement.step === 'after') {
        await host.standStill({ next }, ['go'], signal);
        return 'made';
      }
      const pause = host.standStill({ next, others: ['s: leave it out'] }, ['go', 'skip'], signal);
      return (await during('for a step', pause)) === 'skip' ? 'left-out' : 'made';
    },
    offerToGoOn: async (failure, signal) => during('for an answer', offer(failure, signal)),
    close: () => {
      if (isClosed) return;
      isClosed = true;
      unlisten();
      keys.close();
      host.close();
    },
  };
}
