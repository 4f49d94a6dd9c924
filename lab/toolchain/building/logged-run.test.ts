import { readFile } from 'node:fs/promises';
import path from 'node:path';
import test, { type ExecutionContext } from 'ava';
import { identityOf } from '../../process/process-identity.ts';
import { temporaryDirectory } from '../mirror-for-tests.ts';
import { runLogged } from './logged-run.ts';

async function shell(t: ExecutionContext, script: string, signal = new AbortController().signal) {
  const directory = await temporaryDirectory(t);
  const lines: string[] = [];
  const command = {
    program: 'sh',
    args: ['-c', script],
    directory,
    environment: process.env,
    logFile: path.join(directory, 'run.log'),
    signal,
  };
  return { command, lines };
}

test('both streams reach the log and the caller, and success is told from failure', async (t) => {
  const { command, lines } = await shell(t, 'echo out; echo err >&2; exit 3');
  const outcome = await runLogged({ ...command, onLine: (line) => lines.push(line) });
  t.false(outcome.isDone);
  t.deepEqual([...outcome.lastLines].sort(), ['err', 'out']);
  t.deepEqual([...lines].sort(), ['err', 'out']);
  t.regex(await readFile(command.logFile, 'utf8'), /^\$ sh -c [^]*out/);
});

test('only the last lines are kept', async (t) => {
  const { command } = await shell(t, 'for n in $(seq 100); do echo line $n; done');
  const { isDone, lastLines } = await runLogged({ ...command, onLine: () => undefined });
  t.true(isDone);
  t.is(lastLines.at(-1), 'line 100');
  t.true(lastLines.length < 30);
});

test('an abort ends the whole process group', async (t) => {
  const controller = new AbortController();
  const { command } = await shell(t, 'sleep 600 & echo $!; wait', controller.signal);
  let grandchild = 0;
  const onLine = (line: string): void => {
    grandchild = Number(line);
    controller.abort(new Error('stopped by the test'));
  };
  await t.throwsAsync(runLogged({ ...command, onLine }), { message: 'stopped by the test' });
  t.true(grandchild > 0);
  t.is(identityOf(grandchild), undefined);
});
