import { ExplainedError, messageOf } from './explained-error.ts';
import { ownCommand } from './own-command.ts';

/**
 * Unwinds what was begun before `error` came, and throws that. Where unwinding fails as well, neither is lost: the error that is thrown
 * tells of the first, and what to do about what is left.
 */
export async function unwindAfter(error: unknown, unwind: () => Promise<void>): Promise<never> {
  try {
    await unwind();
  } catch (failure) {
    throw both(error, failure);
  }
  throw error;
}

function both(error: unknown, failure: unknown): ExplainedError {
  const first = error instanceof ExplainedError ? error : undefined;
  const left = failure instanceof ExplainedError ? failure : undefined;
  const besides = [messageOf(failure), ...(left?.why === undefined ? [] : [left.why])].join(': ');
  return new ExplainedError({
    what: messageOf(error),
    why: `${first?.why === undefined ? '' : `${first.why}; `}besides, ${besides}`,
    next: left?.next ?? first?.next ?? `${ownCommand('lab', 'down', '--all')} removes what is left`,
    cause: error,
  });
}
