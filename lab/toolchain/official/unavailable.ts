/**
 * The official source can't give a program: its host is out of reach, it does not serve the file, or the program does
 * not run here. Nothing bad was accepted, so another way may be gone. The message is one plain sentence.
 */
export class OfficialUnavailable extends Error {
  override readonly name = 'OfficialUnavailable';
}

/** The reason behind a failed `fetch`, which hides it in its cause. */
export function networkReason(error: unknown): string {
  const cause = error instanceof Error ? error.cause : undefined;
  if (cause instanceof AggregateError && cause.errors[0] instanceof Error) return cause.errors[0].message;
  if (cause instanceof Error) return cause.message;
  return error instanceof Error ? error.message : String(error);
}
