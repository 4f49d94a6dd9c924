import test from 'ava';
import type { ToolStep } from './progress.ts';
import { toolchainProgress } from './terminal.ts';

const step: ToolStep = {
  tool: 'etcd',
  version: 'v3.7.3',
  origin: 'go',
  position: 2,
  total: 5,
  elapsedMs: 61_400,
  remainingMs: 300_000,
};

function record(isTTY: boolean) {
  let written = '';
  const write = (text: string | Uint8Array): boolean => {
    written += String(text);
    return true;
  };
  return { progress: toolchainProgress({ write, isTTY, columns: 60 }), written: () => written };
}

test('elsewhere than on a terminal there are plain lines, of progress at most every 30 s', (t) => {
  const { progress, written } = record(false);
  progress.notice('a notice');
  progress.started(step);
  progress.advanced({ ...step, elapsedMs: 70_000 }, 'compiling a');
  progress.advanced({ ...step, elapsedMs: 92_000, remainingMs: 270_000 }, 'compiling b');
  progress.finished(step, 22_000);
  t.deepEqual(written().split('\n'), [
    'a notice',
    '[2/5] etcd v3.7.3: 1 min 1 s so far, about 5 min 0 s left; building with Go',
    '[2/5] etcd v3.7.3: 1 min 32 s so far, about 4 min 30 s left; compiling b',
    '[2/5] etcd v3.7.3: built with Go in 22.0 s',
    '',
  ]);
});

test('on a terminal, progress is one line that is rewritten and never wraps, and what is finished stays', (t) => {
  const { progress, written } = record(true);
  progress.started(step);
  progress.advanced(step, 'compiling a package with a name that is far too long for the line');
  progress.finished(step, 22_000);
  const lines = written().split('\u001b[2K').slice(1);
  t.is(lines.length, 3);
  t.true(lines.slice(0, 2).every((line) => line.replace('\r', '').length < 60 && !line.includes('\n')));
  t.is(lines[2], '[2/5] etcd v3.7.3: built with Go in 22.0 s\n');
});
