import { readdir } from 'node:fs/promises';
import { basename, join } from 'node:path';
import type { Iteration } from '../record/schema.ts';
import { trialTitle } from '../record/trial-title.ts';
import { codeOf } from '../record/write-failure.ts';
import { unreadable } from '../record/find-run.ts';
import { readLog, type LogWindow, type TimedLine } from './log-file.ts';
import type { ClockEra } from './machine-clock.ts';

/** A line of a component's log. */
export interface ComponentLine extends TimedLine {
  readonly component: string;
}

/** What runs in a lab whatever its engine is. */
const ofEveryLab = new Set([
  ...['etcd', 'kube-apiserver', 'kube-controller-manager', 'kube-scheduler', 'kwok', 'git-server', 'k6'],
]);

interface Wanted {
  /** The directory of the run. */
  readonly directory: string;
  readonly of: Pick<Iteration, 'engine' | 'trial'>;
  readonly window: LogWindow;
  readonly eras: readonly ClockEra[];
  /** Those of the control plane and the Git server as well, and not of the engine's components alone. */
  readonly isEverything: boolean;
}

async function logFiles(directory: string): Promise<string[] | undefined> {
  try {
    return (await readdir(directory)).filter((name) => name.endsWith('.log')).toSorted();
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return undefined;
    throw unreadable(directory, error);
  }
}

/**
 * What the components of a trial's lab logged in a window; undefined where the run has no logs of it. Throws an explained
 * error where they can't be read.
 */
export async function readTrialLogs({
  directory,
  of,
  window,
  eras,
  isEverything,
}: Wanted): Promise<ComponentLine[] | undefined> {
  const place = join(directory, 'logs', trialTitle(of));
  const files = await logFiles(place);
  if (files === undefined) return undefined;
  const wanted = files.filter((file) => isEverything || !ofEveryLab.has(basename(file, '.log')));
  const lines = await Promise.all(
    wanted.map(async (file) => {
      const path = join(place, file);
      const read = await readLog(path, window, eras).catch((error: unknown) => {
        throw unreadable(path, error);
      });
      return read.map((line) => ({ ...line, component: basename(file, '.log') }));
    }),
  );
  return lines.flat();
}
