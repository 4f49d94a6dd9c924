import { readRun } from '../../reports/record/reader.ts';
import type { Results } from '../../reports/record/schema.ts';
import type { Presentation } from '../present/presentation.ts';
import type { PreparedRun } from './prepared-run.ts';

/** A run that has ended in some way, and is on disk. */
export interface Recorded {
  readonly directory: string;
  readonly results: Results;
}

interface GoingOn {
  readonly goOn: PreparedRun['goOn'] | undefined;
  /** Undefined where nothing is presented. */
  readonly stage: Pick<Presentation, 'offerToGoOn'> | undefined;
  readonly signal: AbortSignal;
  readonly make: (prepared: PreparedRun) => Promise<Recorded>;
}

/** A failure as an audience can take it: what has happened and why, without the lines of a log. */
export function failureWords(reason: string): string[] {
  const [first = '', ...more] = reason.split('\n');
  const why = more.map((line) => /^ {2}why: {2}(.*)$/.exec(line)?.[1]).find((text) => text !== undefined);
  return [
    `The run has failed: ${first.replace(/^error: /, '')}.`,
    ...(why === undefined ? [] : [`Why: ${why}.`]),
    'What was measured before is kept.',
  ];
}

/**
 * Offers to go on with a run that has failed on stage, and goes on with it as often as it is wanted, in new labs. What the run
 * has come to in the end; one that is not presented, or can't be gone on with, stays as it is.
 */
export async function goOnFromStage(
  recorded: Recorded,
  { stage, goOn, signal, make }: GoingOn,
): Promise<Recorded> {
  let last = recorded;
  while (stage !== undefined && goOn !== undefined && last.results.status === 'failed') {
    const isWanted = await stage
      .offerToGoOn(failureWords(last.results.statusReason), signal)
      .catch(() => false);
    if (!isWanted) return last;
    last = await make(goOn(await readRun(last.directory)));
  }
  return last;
}
