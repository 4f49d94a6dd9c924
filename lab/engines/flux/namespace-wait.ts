import { medianOf, type PredictedTerm, type Spread, type WeightedRange } from '../prediction.ts';

/** `WaitTimeout` of DefaultApplyOptions in manager_apply.go of fluxcd/pkg/ssa 0.76. */
const waitTimeoutMs = 60_000;

const source = 'WaitTimeout and ApplyAllStaged in manager_apply.go of fluxcd/pkg/ssa 0.76';
const wait: PredictedTerm = {
  name: 'wait for the namespace',
  what: 'the first reconciliation meets a namespace that is still terminating, and waits for it to become ready until it times out, though it is gone sooner',
  source,
  spread: { kind: 'constant', ms: waitTimeoutMs },
};

function rangesOf(spread: Spread): WeightedRange[] {
  switch (spread.kind) {
    case 'constant':
      return [{ fromMs: spread.ms, toMs: spread.ms, weight: 1 }];
    case 'uniform':
      return [{ fromMs: spread.fromMs, toMs: spread.toMs, weight: 1 }];
    case 'mixture':
      return spread.ranges;
    case 'empirical':
      return spread.samplesMs.map((ms) => ({ fromMs: ms, toMs: ms, weight: 1 }));
  }
}

/** The part of a range before `atMs` comes `laterMs` later; the rest stays. */
function delayedBefore(atMs: number, laterMs: number, range: WeightedRange): WeightedRange[] {
  const { fromMs, toMs, weight } = range;
  if (toMs <= atMs) return [{ fromMs: fromMs + laterMs, toMs: toMs + laterMs, weight }];
  if (fromMs >= atMs) return [range];
  const share = (atMs - fromMs) / (toMs - fromMs);
  return [
    { fromMs: fromMs + laterMs, toMs: atMs + laterMs, weight: weight * share },
    { fromMs: atMs, toMs, weight: weight * (1 - share) },
  ];
}

/**
 * Until the reconciliation that restores a deleted namespace: the next one, where the namespace is gone by then; else
 * that one's wait, and the one after it. Without samples of how long it takes to go it is taken to take longer.
 */
export function untilNamespaceRestored(
  next: PredictedTerm,
  retryIntervalMs: number,
  namespaceGoneMs: readonly number[],
): PredictedTerm[] {
  const ranges = rangesOf(next.spread);
  const goneMs = namespaceGoneMs.length === 0 ? Infinity : medianOf(namespaceGoneMs);
  if (ranges.every(({ toMs }) => toMs <= goneMs)) {
    const retry: PredictedTerm = {
      name: 'retry',
      what: 'a reconciliation that failed is made again after the retry interval, which has no jitter',
      source:
        'Kustomization retryInterval; Reconcile in kustomization_controller.go of kustomize-controller 1.9',
      spread: { kind: 'constant', ms: retryIntervalMs },
    };
    return [next, wait, retry];
  }
  const laterMs = waitTimeoutMs + retryIntervalMs;
  return [
    {
      name: 'next reconciliation',
      what: `${next.what}; one that comes while the namespace is terminating, which took ${Math.round(goneMs / 100) / 10} s, waits 60 s in vain and is made again after the retry interval`,
      source: `${next.source}; ${source}; how long the namespace took is measured`,
      spread: { kind: 'mixture', ranges: ranges.flatMap((range) => delayedBefore(goneMs, laterMs, range)) },
    },
  ];
}
