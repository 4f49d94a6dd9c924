import test, { type ExecutionContext } from 'ava';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { temporaryDirectory } from '../testing/run-on-disk.ts';
import { readLog } from './log-file.ts';
import type { ClockEra } from './machine-clock.ts';

const noon = Date.parse('2026-11-21T12:00:00Z');
const steady: ClockEra = [{ atMs: 0, wallTimeMs: noon }];

const line = (wallMs: number, text: string): string => `${new Date(wallMs).toISOString()} ${text}`;

async function logOf(t: ExecutionContext, lines: readonly string[]): Promise<string> {
  const path = join(await temporaryDirectory(t), 'controller.log');
  await writeFile(path, lines.join('\n'));
  return path;
}

test('what was written in the window is read, and the last line before it', async (t) => {
  const log = await logOf(
    t,
    [-40_000, 0, 1000, 2000, 3000].map((ms) => line(noon + ms, `at ${ms}`)),
  );
  const found = await readLog(log, { fromMs: 1000, toMs: 2000 }, [steady]);
  t.deepEqual(found, [
    { atMs: 0, isWholeSecond: false, level: 'info', text: 'at 0', moreLines: 0 },
    { atMs: 1000, isWholeSecond: false, level: 'info', text: 'at 1000', moreLines: 0 },
    { atMs: 2000, isWholeSecond: false, level: 'info', text: 'at 2000', moreLines: 0 },
  ]);
});

test('the window is found in a large log, whatever stands around it', async (t) => {
  const lines = Array.from({ length: 40_000 }, (_, index) =>
    index % 7 === 0 ? '\tmain.go:12 +0x1d' : line(noon + index * 100, `number ${index}`),
  );
  const log = await logOf(t, lines);
  for (const wanted of [1, 20_000, 39_997]) {
    const window = { fromMs: wanted * 100, toMs: wanted * 100 };
    const found = await readLog(log, window, [steady]);
    t.is(found.at(-1)?.text, `number ${wanted}`);
    t.true(found.length <= 2, 'with the one before it');
  }
});

test('lines that are a little out of order are all found', async (t) => {
  const log = await logOf(t, [
    line(noon + 2500, 'late'),
    line(noon + 1500, 'early'),
    line(noon + 9000, 'next'),
  ]);
  const found = await readLog(log, { fromMs: 1000, toMs: 2000 }, [steady]);
  t.deepEqual(
    found.map(({ text }) => text),
    ['early'],
  );
});

test('a stack trace is counted with its line', async (t) => {
  const trace = ['goroutine 1 [running]:', '\tmain.go:12'];
  const log = await logOf(t, [line(noon, 'panic before'), ...trace, line(noon + 1000, 'panic'), ...trace]);
  const found = await readLog(log, { fromMs: 500, toMs: 2000 }, [steady]);
  t.deepEqual(
    found.map(({ text, moreLines }) => [text, moreLines]),
    [
      ['panic before', 2],
      ['panic', 2],
    ],
  );
});

test('whole seconds are taken for the middle of that second', async (t) => {
  const log = await logOf(t, ['2026-11-21T12:00:01Z in whole seconds']);
  t.like((await readLog(log, { fromMs: 0, toMs: 2000 }, [steady]))[0], { atMs: 1500, isWholeSecond: true });
});

test('with a clock that was set back, each line counts in the hour in which it was written', async (t) => {
  const hour = 3_600_000;
  const first: ClockEra = [{ atMs: 0, wallTimeMs: noon }];
  const second: ClockEra = [{ atMs: hour, wallTimeMs: noon }];
  const log = await logOf(t, [
    line(noon + 1000, 'the first time'),
    line(noon + hour - 1000, 'before it was set'),
    line(noon + 1000, 'the second time'),
  ]);
  const texts = async (fromMs: number): Promise<string[]> => {
    const found = await readLog(log, { fromMs, toMs: fromMs + 2500 }, [first, second]);
    return found.map(({ text }) => text);
  };
  t.deepEqual(await texts(0), ['the first time']);
  t.deepEqual(await texts(hour - 1500), ['before it was set', 'the second time']);
  t.deepEqual(await texts(hour), ['before it was set', 'the second time']);
});

test('an empty log, and one without any reading of the clocks, have no lines', async (t) => {
  t.deepEqual(await readLog(await logOf(t, []), { fromMs: 0, toMs: 1000 }, [steady]), []);
  t.deepEqual(await readLog(await logOf(t, [line(noon, 'a')]), { fromMs: 0, toMs: 1000 }, []), []);
});

test('a line from long before the window is left out', async (t) => {
  const log = await logOf(t, [line(noon, 'long ago'), line(noon + 31_000, 'now')]);
  const found = await readLog(log, { fromMs: 30_500, toMs: 32_000 }, [steady]);
  t.deepEqual(
    found.map(({ text }) => text),
    ['now'],
  );
});
