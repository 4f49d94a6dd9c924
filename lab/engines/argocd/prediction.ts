import { formatDuration } from '../../../common/duration.ts';
import {
  empirical,
  neverRestored,
  type PredictedTerm,
  type PredictedTime,
  type PredictionEvidence,
  type PredictionQuestion,
  type WeightedRange,
} from '../prediction.ts';
import { settingValue } from '../setting.ts';
import { readComparisonTimes, type ComparisonTimes } from './comparison-times.ts';
import { backoffMs, readBackoff, type SelfHealBackoff } from './self-heal-backoff.ts';

const controller = 'controller/appcontroller.go of Argo CD 3.2';
/** The default of ARGOCD_CLUSTER_CACHE_EVENTS_PROCESSING_INTERVAL in controller/cache/cache.go of Argo CD 3.2. */
const eventBatchMs = 100;
/** `status.operationState.finishedAt` is a metav1.Time, which holds whole seconds, so that a wait from it is shorter by up to this. */
const wholeSecondMs = 1000;

const events: PredictedTerm = {
  name: 'watch',
  what: `Argo CD watches what it manages, and takes what happened from its cache every ${eventBatchMs} ms; its resync, and the jitter of that, don't matter`,
  source:
    'processEvents in pkg/cache/cluster.go of gitops-engine; ARGOCD_CLUSTER_CACHE_EVENTS_PROCESSING_INTERVAL, by default 100 ms, in controller/cache/cache.go of Argo CD 3.2',
  spread: { kind: 'uniform', fromMs: 0, toMs: eventBatchMs },
};

/** What is left of the backoff at each disturbance; at least as long as the watch takes. */
function remainingBackoff(
  backoff: SelfHealBackoff,
  { attemptsBefore, idleBeforeMs }: PredictionQuestion,
): WeightedRange[] {
  return idleBeforeMs.flatMap((idleMs): WeightedRange[] => {
    const attempts = idleMs >= backoff.cooldownMs ? 0 : attemptsBefore;
    const leftMs = backoffMs(backoff, attempts) - idleMs;
    const shortestMs = leftMs - wholeSecondMs;
    if (leftMs <= eventBatchMs) return [{ fromMs: 0, toMs: eventBatchMs, weight: 1 }];
    if (shortestMs >= eventBatchMs) return [{ fromMs: shortestMs, toMs: leftMs, weight: 1 }];
    const over = (eventBatchMs - shortestMs) / wholeSecondMs;
    return [
      { fromMs: 0, toMs: eventBatchMs, weight: over },
      { fromMs: eventBatchMs, toMs: leftMs, weight: 1 - over },
    ];
  });
}

function waitOf(question: PredictionQuestion, { settings }: PredictionEvidence): PredictedTerm {
  const { attemptsBefore, idleBeforeMs } = question;
  const backoff = readBackoff(settings);
  const delayMs = backoffMs(backoff, attemptsBefore);
  if (delayMs === 0 || idleBeforeMs.length === 0) return events;
  return {
    name: 'self-heal backoff',
    what:
      `self-heal waits ${formatDuration(delayMs)} from the end of the last operation, in whole seconds, after ${attemptsBefore} ` +
      `correction${attemptsBefore === 1 ? '' : 's'} on the revision; part of that had passed at the disturbance, and after ${formatDuration(backoff.cooldownMs)} it starts anew`,
    source: `--self-heal-backoff-timeout-seconds, -factor, -cap-seconds and -cooldown-seconds; selfHealRemainingBackoff and selfHealBackoffCooldownElapsed in ${controller}; how long the engine had been idle is measured before each disturbance`,
    spread: { kind: 'mixture', ranges: remainingBackoff(backoff, question) },
  };
}

function term(name: string, what: string, source: string, samplesMs: readonly number[]): PredictedTerm[] {
  return samplesMs.length === 0 ? [] : [{ name, what, source, spread: empirical(samplesMs) }];
}

function workOf(
  question: PredictionQuestion,
  { comparedMs, operationSetMs }: ComparisonTimes,
): PredictedTerm[] {
  const log = 'the log of argocd-application-controller: "Reconciliation completed" of';
  const { otherCorrectionsMs } = question;
  return [
    ...term(
      'comparison',
      'it compares the live objects with the manifests',
      `${log} ${comparedMs.length} refreshes of this run that set no operation, up to autoSync`,
      comparedMs,
    ),
    ...term(
      'setting the operation',
      'it writes the operation to the Application',
      `${log} ${operationSetMs.length} refreshes of this run that brought a new revision, setop_ms`,
      operationSetMs,
    ),
    ...term(
      'operation',
      'it takes the operation up, compares again, tries it dry, and applies the objects that are out of sync',
      `${otherCorrectionsMs.length} corrections of this run that are not in this row, after disturbances of the same effect, each from the operation on the Application to the restored object: autoSync in ${controller} syncs only what is out of sync, so that the sync of a new revision takes longer, and applyOneObject of k8s.io/kubectl creates what is gone but reads and patches what is there. Tested together, the disturbances therefore tell of the watch and the wait, and not whether the operation takes as long as it should`,
      otherCorrectionsMs,
    ),
  ];
}

function predictOne(
  question: PredictionQuestion,
  evidence: PredictionEvidence,
  times: ComparisonTimes,
): PredictedTime | null {
  const isOff = settingValue(evidence.settings, 'Application automated selfHeal') === 'false';
  if (isOff || !question.correctsDrift) {
    const why = 'self-heal is off, so that Argo CD tells of drift and leaves it';
    return neverRestored('self-heal', why, `Application automated selfHeal; autoSync in ${controller}`);
  }
  if (question.removesNamespace) {
    const why =
      'a namespace that is terminating compares as Synced; self-heal syncs only the objects in it, which fails without the ' +
      'namespace, and a revision whose sync failed is not tried again';
    return neverRestored(
      'self-heal of a namespace',
      why,
      `autoSync and alreadyAttemptedSync in ${controller}`,
    );
  }
  // The operation is most of the time; without one to go by nothing can be said.
  if (question.otherCorrectionsMs.length === 0) return null;
  const wait = waitOf(question, evidence);
  return {
    mechanism: wait === events ? 'self-heal' : 'self-heal after its backoff',
    never: null,
    terms: [wait, ...workOf(question, times)],
  };
}

/** How long Argo CD should take to restore: until its watch tells, what is left of its backoff, and its work. */
export async function predictArgocd(
  questions: readonly PredictionQuestion[],
  evidence: PredictionEvidence,
): Promise<(PredictedTime | null)[]> {
  const log = evidence.logLines('argocd-application-controller');
  const times = await readComparisonTimes(log, evidence.application);
  return questions.map((question) => predictOne(question, evidence, times));
}
