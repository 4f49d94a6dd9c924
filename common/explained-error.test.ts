import test from 'ava';
import { exitCodes, explain, ExplainedError, messageOf, wrongUsage } from './explained-error.ts';

test('an explained error is shown as what, why and what to do next', (t) => {
  const error = new ExplainedError({ what: 'etcd failed', why: 'the port is in use', next: 'try again' });
  t.is(explain(error), 'error: etcd failed\n  why:  the port is in use\n  next: try again');
  t.is(error.exitCode, exitCodes.failed);
});

test('what is not known is left out', (t) => {
  t.is(explain(new ExplainedError({ what: 'etcd failed' })), 'error: etcd failed');
});

test('wrong usage ends with exit code 2', (t) => {
  t.is(wrongUsage('unknown lab').exitCode, 2);
  t.is(explain(wrongUsage('unknown lab', 'see --help')), 'error: unknown lab\n  next: see --help');
});

test('any other error is shown without its stack', (t) => {
  t.is(explain(new TypeError('broken')), 'error: broken');
  t.is(explain('just text'), 'error: just text');
  t.is(messageOf(404), '404');
});

test('the cause is kept, and there is none where none was given', (t) => {
  const cause = new Error('inner');
  t.is(new ExplainedError({ what: 'outer', cause }).cause, cause);
  t.false('cause' in new ExplainedError({ what: 'outer' }));
});
