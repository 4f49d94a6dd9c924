import { CommanderError } from '@commander-js/extra-typings';
import { ExplainedError, exitCodes, explain, messageOf, wrongUsage } from '../common/explained-error.ts';

/** What the user reads about a failure, and what the process ends with. */
interface Failure {
  readonly text: string;
  readonly exitCode: number;
}

/** The parser writes `error: what is wrong`, and on a line of its own `(Did you mean --engine?)`. */
function explainUsage({ message }: CommanderError, help: string): ExplainedError {
  const [what = '', suggestion] = message.replace(/^error: /, '').split('\n');
  const guess = /^\((.*)\)$/.exec(suggestion ?? '')?.[1];
  return wrongUsage(what.replace(/\.$/, ''), guess === undefined ? help : `${guess} ${help}`);
}

function unexpected(error: unknown, environment: NodeJS.ProcessEnv): string {
  const isDebugging = (environment['DEBUG'] ?? '') !== '';
  if (isDebugging && error instanceof Error) return `error: ${error.stack ?? error.message}`;
  return `error: ${messageOf(error)}\n  next: this was not expected; run it again with DEBUG=1 to see where it happened`;
}

/** Explains whatever was thrown; `help` says where the usage is explained. */
export function describeFailure(error: unknown, help: string, environment: NodeJS.ProcessEnv): Failure {
  if (error instanceof CommanderError) {
    const explained = explainUsage(error, help);
    return { text: explain(explained), exitCode: explained.exitCode };
  }
  if (error instanceof ExplainedError) return { text: explain(error), exitCode: error.exitCode };
  return { text: unexpected(error, environment), exitCode: exitCodes.failed };
}
