import test from 'ava';
import { EventEmitter, once } from 'node:events';
import { appendFile, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { followLog } from './follow-log.ts';

test('each line that a log gets is told once, whole, and none that it had before', async (t) => {
  const directory = await mkdtemp(path.join(tmpdir(), 'follow log '));
  t.teardown(async () => rm(directory, { recursive: true }));
  const file = path.join(directory, 'component.log');
  await writeFile(file, 'before\n');
  const told: string[] = [];
  const events = new EventEmitter();
  const stop = await followLog(file, (line) => {
    told.push(line);
    events.emit(line);
  });
  const second = once(events, 'second');
  await appendFile(file, 'first\nsec');
  await appendFile(file, 'ond\n');
  await second;
  t.deepEqual(told, ['first', 'second']);
  stop();
  await appendFile(file, 'after\n');
  t.deepEqual(told, ['first', 'second']);
});

test('a log that is not there can not be followed', async (t) => {
  await t.throwsAsync(
    followLog('/does/not/exist.log', () => undefined),
    { code: 'ENOENT' },
  );
});
