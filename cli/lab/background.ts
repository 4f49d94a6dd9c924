import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { openSync, closeSync } from 'node:fs';
import path from 'node:path';
import { ExplainedError } from '../../common/explained-error.ts';
import type { LabHome } from '../../lab/home/lab-home.ts';
import { endOfLog } from '../../lab/process/component.ts';
import { programDirectory } from '../surroundings.ts';
import { BackgroundMessage } from './background-message.ts';
import type { ServedLab } from './lab-request.ts';

/** The log of the process that serves a lab. */
function serverLogFile({ logDirectory }: LabHome): string {
  return path.join(logDirectory, 'lab.log');
}

/** Starts `lab serve NAME` apart from this process, its terminal and its process group. */
function spawnServer(home: LabHome): ChildProcess {
  const log = openSync(serverLogFile(home), 'a', 0o600);
  const words = ['--import', import.meta.resolve('tsx'), path.join(programDirectory, 'cli.ts')];
  const server = spawn(process.execPath, [...words, 'lab', 'serve', home.name], {
    cwd: programDirectory,
    detached: true,
    stdio: ['ignore', log, log, 'ipc'],
  });
  closeSync(log);
  return server;
}

async function untilReady(
  server: ChildProcess,
  home: LabHome,
  onStep: (text: string) => void,
): Promise<ServedLab> {
  return new Promise((resolve, reject) => {
    server.on('message', (received) => {
      const message = BackgroundMessage.parse(received);
      if (message.type === 'step') onStep(message.text);
      else if (message.type === 'ready') resolve(message.served);
      else reject(failedStart(message));
    });
    server.once('error', reject);
    server.once('exit', () => {
      void endOfLog(serverLogFile(home)).then((end) => {
        reject(failedStart({ what: `the lab "${home.name}" ended while it was starting`, why: end }));
      });
    });
  });
}

function failedStart({
  what,
  why,
  next,
}: {
  what: string;
  why?: string | undefined;
  next?: string | undefined;
}) {
  return new ExplainedError({
    what,
    ...(why === undefined ? {} : { why }),
    ...(next === undefined ? {} : { next }),
  });
}

/**
 * Has a process of its own start and hold the lab of a home; returns when the lab is ready, and that process goes on.
 * On abort it unwinds, and is gone when this throws the signal's reason. Throws an explained error where the start fails.
 */
export async function startInBackground(
  home: LabHome,
  { signal, onStep }: { readonly signal: AbortSignal; readonly onStep: (text: string) => void },
): Promise<ServedLab> {
  signal.throwIfAborted();
  const server = spawnServer(home);
  const exited = once(server, 'exit');
  const unwind = (): void => void server.kill('SIGTERM');
  signal.addEventListener('abort', unwind, { once: true });
  try {
    return await untilReady(server, home, onStep);
  } catch (error) {
    await exited;
    signal.throwIfAborted();
    throw error;
  } finally {
    signal.removeEventListener('abort', unwind);
    if (server.connected) server.disconnect();
    server.unref();
  }
}
