import test from 'ava';
import { PassThrough } from 'node:stream';
import { setImmediate as turn } from 'node:timers/promises';
import { terminalKeys, type Key } from './keys.ts';

/** The input of a terminal, with the modes that it was put into. */
function terminal() {
  const modes: boolean[] = [];
  const input = Object.assign(new PassThrough(), {
    isTTY: true as const,
    setRawMode: (isRaw: boolean) => modes.push(isRaw),
  });
  return { input, modes };
}

test('keys of a keyboard and of a hand-held presenter mean what the help says', async (t) => {
  const { input } = terminal();
  const pressed: Key[] = [];
  const keys = terminalKeys(input, () => undefined);
  keys.listen((key) => pressed.push(key));
  for (const typed of [' ', '\r', '\u001b[6~', '\u001b[C', 'f', 's', '?', 'x', 'q']) {
    input.write(typed);
    await turn();
  }
  keys.close();
  t.deepEqual(pressed, ['go', 'go', 'go', 'go', 'forward', 'skip', 'help', 'quit']);
});

test('a Ctrl-C interrupts, and is no key', async (t) => {
  const { input } = terminal();
  let interruptions = 0;
  const keys = terminalKeys(input, () => (interruptions += 1));
  keys.listen(() => t.fail());
  input.write('\u0003');
  await turn();
  keys.close();
  t.is(interruptions, 1);
});

test('the terminal is given back once, and by the end of the process where nobody did before', (t) => {
  const before = process.listenerCount('exit');
  const { input, modes } = terminal();
  const keys = terminalKeys(input, () => undefined);
  t.deepEqual(modes, [true]);
  t.is(process.listenerCount('exit'), before + 1);
  process.listeners('exit').at(-1)?.(0);
  t.deepEqual(modes, [true, false]);
  keys.close();
  keys.close();
  t.deepEqual(modes, [true, false, false]);
  t.is(process.listenerCount('exit'), before);
});

test('where there is no terminal nobody can press a key', (t) => {
  t.false(terminalKeys(new PassThrough(), () => undefined).areThere);
});
