/** Exit codes of the command line, the same for every command. */
export const exitCodes = { done: 0, failed: 1, wrongUsage: 2, interrupted: 130 } as const;

/** What a person needs to know about a failure; each part is one plain sentence without a trailing stop. */
interface Explanation {
  /** What happened, and to what. */
  readonly what: string;
  /** Why it happened, as far as is known. */
  readonly why?: string;
  /** What to do next. */
  readonly next?: string;
  /** `wrongUsage` where the user asked for something that can't be, `failed` otherwise. */
  readonly exitCode?: (typeof exitCodes)['failed' | 'wrongUsage'];
  readonly cause?: unknown;
}

/** A failure that is explained to the user instead of shown as a stack trace. */
export class ExplainedError extends Error {
  override readonly name = 'ExplainedError';
  readonly exitCode: number;
  readonly why: string | undefined;
  readonly next: string | undefined;

  constructor({ what, why, next, exitCode = exitCodes.failed, cause }: Explanation) {
    super(what, cause === undefined ? undefined : { cause });
    this.why = why;
    this.next = next;
    this.exitCode = exitCode;
  }
}

/** A mistake in how the program was called: exit code 2. */
export function wrongUsage(what: string, next?: string): ExplainedError {
  return new ExplainedError({
    what,
    exitCode: exitCodes.wrongUsage,
    ...(next === undefined ? {} : { next }),
  });
}

/** The text of an unknown thrown value, without its stack. */
export function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

/** An error as lines for a terminal: what, then why, then what to do next. */
export function explain(error: unknown): string {
  if (!(error instanceof ExplainedError)) return `error: ${messageOf(error)}`;
  const lines = [`error: ${error.message}`];
  if (error.why !== undefined) lines.push(`  why:  ${error.why}`);
  if (error.next !== undefined) lines.push(`  next: ${error.next}`);
  return lines.join('\n');
}
