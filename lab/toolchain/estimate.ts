/** Work that is expected to take `expectedMs` on the machine where the pins were measured. */
interface ExpectedWork {
  /** Downloads and builds each have a speed of their own. */
  readonly kind: 'download' | 'build';
  readonly expectedMs: number;
}

interface FinishedWork extends ExpectedWork {
  readonly tookMs: number;
}

interface CurrentWork extends ExpectedWork {
  readonly elapsedMs: number;
  /** 0 to 1, where it is known. */
  readonly fraction?: number | undefined;
}

/** Finished work counts against this much that went as expected, so that one quick step does not mislead. */
const trustInExpectationMs = 60_000;

function slowness(kind: ExpectedWork['kind'], finished: readonly FinishedWork[]): number {
  const alike = finished.filter((work) => work.kind === kind);
  const tookMs = alike.reduce((sum, work) => sum + work.tookMs, trustInExpectationMs);
  const expectedMs = alike.reduce((sum, work) => sum + work.expectedMs, trustInExpectationMs);
  return tookMs / expectedMs;
}

function remainingOfCurrentMs(current: CurrentWork, finished: readonly FinishedWork[]): number {
  if (current.fraction !== undefined && current.fraction > 0.02) {
    return current.elapsedMs / current.fraction - current.elapsedMs;
  }
  const expectedMs = current.expectedMs * slowness(current.kind, finished);
  // What takes longer than expected is never said to be nearly done: the longer it took, the longer it may take.
  return Math.max(expectedMs - current.elapsedMs, current.elapsedMs / 4);
}

/** How long the rest will take, in milliseconds, from the expectations and from how this run went so far. */
export function estimateRemainingMs(
  finished: readonly FinishedWork[],
  current: CurrentWork | undefined,
  waiting: readonly ExpectedWork[],
): number {
  const currentMs = current === undefined ? 0 : remainingOfCurrentMs(current, finished);
  const isOverdue = current !== undefined && current.elapsedMs > current.expectedMs;
  const evidence = isOverdue ? [...finished, { ...current, tookMs: current.elapsedMs }] : finished;
  return waiting.reduce((sum, work) => sum + work.expectedMs * slowness(work.kind, evidence), currentMs);
}
