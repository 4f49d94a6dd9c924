import { ExplainedError, exitCodes, messageOf } from '../../common/explained-error.ts';

const otherDirectory = 'choose another directory with --out';

/** Explains why nothing could be written at `path`. */
export function explainWriteFailure(error: unknown, path: string): ExplainedError {
  const what = `can't write the run's record at "${path}"`;
  switch (codeOf(error)) {
    case 'EACCES':
    case 'EPERM':
    case 'EROFS':
      return new ExplainedError({
        what,
        why: 'it is read-only for this user',
        next: otherDirectory,
        cause: error,
      });
    case 'ENOSPC':
    case 'EDQUOT':
      return new ExplainedError({
        what,
        why: 'the disk is full',
        next: 'free some space; what was written so far is kept',
        cause: error,
      });
    case 'ENOTDIR':
    case 'EEXIST':
      return new ExplainedError({
        what,
        why: 'a file is where a directory is needed',
        next: otherDirectory,
        exitCode: exitCodes.wrongUsage,
        cause: error,
      });
    case undefined:
    default:
      return new ExplainedError({ what, why: messageOf(error), next: otherDirectory, cause: error });
  }
}

/** The system's code of a failed call, such as `ENOENT`; undefined for other errors. */
export function codeOf(error: unknown): string | undefined {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : undefined;
}
