import test, { type ExecutionContext } from 'ava';
import { spawn, type ChildProcessByStdio } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import type { Readable } from 'node:stream';

/** Unwinds for as long as it is let, and says what it does. */
const script = `
  import { watchForInterruption } from ${JSON.stringify(new URL('./interruption.ts', import.meta.url).href)};
  const { signal, outliveTerminal } = watchForInterruption({
    announce: () => console.log('stopping'),
    endAtOnce: () => console.log('ended at once'),
    isTerminal: () => false,
  });
  const goingOn = setInterval(() => undefined, 1000);
  signal.addEventListener('abort', () => {
    console.log('unwinding');
    if (process.argv[1] === 'quick') clearInterval(goingOn);
    setTimeout(() => console.log('patience is over'), 510).unref();
  });
  if (process.argv[1] === 'outliving') outliveTerminal();
  process.on('SIGHUP', () => console.log('hung up'));
  console.log('ready');
`;

type Subprocess = ChildProcessByStdio<null, Readable, null>;

async function startScript(t: ExecutionContext, mode: 'quick' | 'slow' | 'outliving') {
  const subprocess: Subprocess = spawn(
    process.execPath,
    ['--import', import.meta.resolve('tsx'), '--input-type=module', '-e', script, mode],
    { stdio: ['ignore', 'pipe', 'inherit'] },
  );
  t.teardown(() => subprocess.kill('SIGKILL'));
  const ended = once(subprocess, 'exit');
  const lines = createInterface(subprocess.stdout)[Symbol.asyncIterator]();
  const said: string[] = [];
  const untilSaid = async (wanted: string): Promise<void> => {
    for (;;) {
      const { value, done } = (await lines.next()) as IteratorResult<string, undefined>;
      if (done === true) throw new Error(`it ended without saying "${wanted}"`);
      said.push(value);
      if (value === wanted) return;
    }
  };
  await untilSaid('ready');
  return { subprocess, ended, untilSaid, said };
}

for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
  test(`${signal} once has the program unwind and end by itself`, async (t) => {
    const { subprocess, ended, untilSaid, said } = await startScript(t, 'quick');
    subprocess.kill(signal);
    await untilSaid('stopping');
    t.deepEqual(await ended, [0, null]);
    t.deepEqual(said.slice(0, 3), ['ready', 'unwinding', 'stopping']);
  });
}

test('a program that outlives its terminal goes on after SIGHUP, and still heeds Ctrl-C', async (t) => {
  const { subprocess, untilSaid, said } = await startScript(t, 'outliving');
  subprocess.kill('SIGHUP');
  await untilSaid('hung up');
  t.deepEqual(said, ['ready', 'hung up']);
  subprocess.kill('SIGINT');
  await untilSaid('stopping');
  t.deepEqual(said, ['ready', 'hung up', 'unwinding', 'stopping']);
});

test('two signals that come together count as one', async (t) => {
  const { subprocess, untilSaid, said } = await startScript(t, 'slow');
  subprocess.kill('SIGINT');
  await untilSaid('unwinding');
  subprocess.kill('SIGINT');
  await untilSaid('patience is over');
  t.is(subprocess.exitCode, null);
  t.false(said.includes('ended at once'));
});

test('a second signal later ends the program at once with exit code 130', async (t) => {
  const { subprocess, ended, untilSaid } = await startScript(t, 'slow');
  subprocess.kill('SIGINT');
  await untilSaid('patience is over');
  subprocess.kill('SIGINT');
  await untilSaid('ended at once');
  t.deepEqual(await ended, [130, null]);
});
