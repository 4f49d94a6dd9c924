import {
  empirical,
  medianOf,
  type PredictedTerm,
  type PredictedTime,
  type PredictionEvidence,
  type PredictionQuestion,
} from '../prediction.ts';
import { settingMs, settingNumber } from '../setting.ts';
import { predictRelease } from './release-prediction.ts';
import { untilNamespaceRestored } from './namespace-wait.ts';
import { untilNextReconciliation } from './next-reconciliation.ts';
import { readReconciliationTimes, type ReconciliationTimes } from './reconciliation-times.ts';

const controller = 'kustomization_controller.go of kustomize-controller 1.9';

function nextReconciliation(
  { settings }: PredictionEvidence,
  { wholeMs }: ReconciliationTimes,
  phaseMaxMs: number,
): PredictedTerm {
  const intervalMs = settingMs(settings, 'Kustomization interval');
  if (intervalMs === undefined) throw new Error('the interval of the Kustomization was not read back');
  const jitterPercent = settingNumber(settings, 'kustomize-controller --interval-jitter-percentage') ?? 0;
  const jittered = jitterPercent === 0 ? '' : `, give or take ${jitterPercent} %`;
  const position =
    phaseMaxMs === 0
      ? 'the disturbance comes right after one'
      : 'the disturbance comes at a random moment in between';
  return {
    name: 'next reconciliation',
    what: `Flux does not watch what it manages: it compares one interval after the end of the last reconciliation${jittered}, and ${position}`,
    source: `Kustomization interval; --interval-jitter-percentage; Reconcile in ${controller}; jitter.go of fluxcd/pkg/runtime 0.110; phaseMax of the profile`,
    spread: untilNextReconciliation({
      intervalMs,
      jitterShare: jitterPercent / 100,
      reconciliationMs: medianOf(wholeMs),
      phaseMaxMs,
    }),
  };
}

/** The time of applying, from reconciliations that cannot be those whose time is predicted. */
function work({ untilAppliedMs, which }: ReconciliationTimes): PredictedTerm[] {
  if (untilAppliedMs.length === 0) return [];
  return [
    {
      name: 'work',
      what: 'a reconciliation fetches, builds, compares and applies',
      source: `the log of kustomize-controller: ${untilAppliedMs.length} reconciliations of this run that ${which}, each from its start to "server-side apply completed"`,
      spread: empirical(untilAppliedMs),
    },
  ];
}

function predictOne(
  question: PredictionQuestion,
  evidence: PredictionEvidence,
  times: ReconciliationTimes,
): PredictedTime {
  const { settings } = evidence;
  const next = nextReconciliation(evidence, times, question.phaseMaxMs);
  if (!question.removesNamespace) {
    return { mechanism: 'the next reconciliation', never: null, terms: [next, ...work(times)] };
  }
  const retryIntervalMs =
    settingMs(settings, 'Kustomization retryInterval') ?? settingMs(settings, 'Kustomization interval') ?? 0;
  const waits = untilNamespaceRestored(next, retryIntervalMs, question.namespaceGoneMs);
  const again = waits.length > 1 ? work(times).map((term) => ({ ...term, name: 'work, again' })) : [];
  return {
    mechanism: 'the reconciliation after the wait for the namespace',
    never: null,
    terms: [...waits, ...work(times), ...again],
  };
}

/** How long Flux should take to restore: until the next reconciliation, and its work. */
export async function predictFlux(
  questions: readonly PredictionQuestion[],
  evidence: PredictionEvidence,
): Promise<(PredictedTime | null)[]> {
  if (evidence.isChart) return questions.map((question) => predictRelease(question, evidence.settings));
  const log = evidence.logLines('kustomize-controller');
  const times = await readReconciliationTimes(log, evidence.application);
  return questions.map((question) => predictOne(question, evidence, times));
}
