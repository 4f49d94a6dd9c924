import test from 'ava';
import { ExplainedError } from './explained-error.ts';
import { unwindAfter } from './unwind.ts';

const first = new ExplainedError({ what: 'the bootstrap failed', why: 'Git did not answer', next: 'look' });

test('what failed is thrown as it was, once all before it is unwound', async (t) => {
  let unwound = false;
  const unwind = async (): Promise<void> => {
    unwound = true;
    return Promise.resolve();
  };
  t.is(await t.throwsAsync(unwindAfter(first, unwind)), first);
  t.true(unwound);
});

test('where unwinding fails as well, one error tells of both, and what to do about what is left', async (t) => {
  const failure = new ExplainedError({ what: 'it stays', why: 'nobody answers', next: 'lab down' });
  const error = await t.throwsAsync(
    unwindAfter(first, async () => Promise.reject(failure)),
    {
      instanceOf: ExplainedError,
    },
  );
  t.is(error.message, 'the bootstrap failed');
  t.is(error.why, 'Git did not answer; besides, it stays: nobody answers');
  t.is(error.next, 'lab down');
  t.is(error.cause, first);
});

test('errors that nobody has explained are told of by their messages', async (t) => {
  const error = await t.throwsAsync(
    unwindAfter(new Error('one'), async () => Promise.reject(new Error('two'))),
    { instanceOf: ExplainedError },
  );
  t.is(error.message, 'one');
  t.is(error.why, 'besides, two');
});
