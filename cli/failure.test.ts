import test from 'ava';
import { CommanderError } from '@commander-js/extra-typings';
import { wrongUsage } from '../common/explained-error.ts';
import { describeFailure } from './failure.ts';

test('a wrong flag is explained with the nearest one and the way to the help', (t) => {
  const error = new CommanderError(
    1,
    'commander.unknownOption',
    "error: unknown option '--enginee'\n(Did you mean --engine?)",
  );
  t.deepEqual(describeFailure(error, 'see --help', {}), {
    text: "error: unknown option '--enginee'\n  next: Did you mean --engine? see --help",
    exitCode: 2,
  });
});

test('an explained error keeps its exit code', (t) => {
  t.is(describeFailure(wrongUsage('no'), '', {}).exitCode, 2);
});

test('an unexpected error shows its message, and its stack only to those who debug', (t) => {
  const error = new TypeError('x is not a function');
  const { text, exitCode } = describeFailure(error, '', {});
  t.is(exitCode, 1);
  t.regex(text, /^error: x is not a function\n {2}next: .*DEBUG=1/);
  t.false(text.includes('failure.test.ts'));
  t.true(describeFailure(error, '', { DEBUG: '1' }).text.includes('failure.test.ts'));
});
