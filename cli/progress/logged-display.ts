import { createWriteStream } from 'node:fs';
import path from 'node:path';
import type { Clock } from '../../common/clock.ts';
import type { Display } from './display.ts';
import { plainDisplay } from './plain-display.ts';

/** A display that can keep its lines in a file as well, for who comes back to a terminal that is gone. */
export interface LoggedDisplay extends Display {
  /** Keeps what comes from now on in `progress.log` of this directory, too. */
  readonly logTo: (directory: string) => void;
}

/** Shows as `shown` does, and keeps the lines that stay in a file once it is told where. */
export function loggedDisplay(shown: Display, clock: Clock): LoggedDisplay {
  let kept: Display | undefined;
  return {
    run: (event) => {
      shown.run(event);
      kept?.run(event);
    },
    say: (line) => {
      shown.say(line);
      kept?.say(line);
    },
    close: shown.close,
    logTo: (directory) => {
      // What can't be kept here is in history.jsonl all the same.
      const file = createWriteStream(path.join(directory, 'progress.log'), { flags: 'a' });
      kept = plainDisplay(
        file.on('error', () => undefined),
        clock,
      );
    },
  };
}
