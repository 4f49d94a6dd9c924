import test from 'ava';
import { nothingYet, parseEvent, withEvent, type PlaybookState } from './runner-events.ts';

const line = (event: string, data: object = {}): string =>
  JSON.stringify({ uuid: 'u', counter: 1, stdout: '', event, event_data: data });

function read(...lines: readonly string[]): PlaybookState {
  return lines
    .map(parseEvent)
    .filter((event) => event !== undefined)
    .reduce(withEvent, nothingYet);
}

const task = { play: 'Join the workers', task: 'Join the machine' };

test('what is no event is passed over', (t) => {
  t.is(parseEvent('Traceback (most recent call last):'), undefined);
  t.is(parseEvent('{"event": "play'), undefined);
  t.is(parseEvent('{"status": "starting"}'), undefined);
  t.deepEqual(read('ERROR!', line('verbose'), line('playbook_on_start')), nothingYet);
});

test('progress names the play and the task, and counts tasks and handlers', (t) => {
  const state = read(
    line('playbook_on_play_start', { play: 'Join the workers' }),
    line('playbook_on_task_start', { play: 'Join the workers', task: 'Gathering Facts' }),
    line('playbook_on_handler_task_start', task),
  );
  t.deepEqual(state.progress, { ...task, taskCount: 2 });
  t.false(state.isAtEnd);
});

test('a failure names the task, the machine, and what the command wrote last', (t) => {
  const stderr = ['one', 'two', 'three', 'four', 'five', 'six', 'seven'].join('\n');
  const res = { msg: 'non-zero return code', rc: 1, stderr, stdout: 'more' };
  t.deepEqual(read(line('runner_on_failed', { ...task, host: 'worker-1', res })).failures, [
    {
      kind: 'failed',
      task: 'Join the machine',
      host: 'worker-1',
      message: 'non-zero return code\ntwo\nthree\nfour\nfive\nsix\nseven',
    },
  ]);
});

test('a failure that the playbook ignores is none', (t) => {
  const ignored = line('runner_on_failed', { ...task, host: 'a', ignore_errors: true, res: { msg: 'no' } });
  t.deepEqual(read(ignored).failures, []);
});

test('a machine that is away is told apart from a task that fails', (t) => {
  const res = { unreachable: true, msg: 'Failed to connect to the host via ssh' };
  const [failure] = read(line('runner_on_unreachable', { ...task, host: 'controller', res })).failures;
  t.like(failure, {
    kind: 'unreachable',
    host: 'controller',
    message: 'Failed to connect to the host via ssh',
  });
});

test('a result with a secret is said to be hidden', (t) => {
  const res = { censored: "the output has been hidden due to the fact that 'no_log: true' was specified" };
  t.regex(read(line('runner_on_failed', { ...task, res })).failures[0]?.message ?? '', /hidden/);
});

test('the end tells what was changed on each machine, and where nothing was', (t) => {
  const state = read(line('playbook_on_stats', { ok: { a: 20, b: 9 }, changed: { b: 2 } }));
  t.deepEqual([state.isAtEnd, state.changed], [true, { a: 0, b: 2 }]);
});
