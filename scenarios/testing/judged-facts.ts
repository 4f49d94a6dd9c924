import type { Observation } from '../../reports/record/observation.ts';
import { driftRecovery } from '../drift-recovery.ts';
import { judgeIteration, type JudgeRules } from '../runner/judge.ts';
import { atWork, engineAt, factAt, objectAt, revision, stateAfter, steadyFacts } from './facts.ts';

export const web = 'Deployment/web';
export const start = stateAfter([...steadyFacts, engineAt(3, { revision: 'earlier' })]);
export const disturbance = 'delete-deployment';

export const pushed = factAt(10, {
  type: 'revision',
  revision,
  disturbance,
  kind: 'measured',
  phase: 'random',
  repeat: 0,
});
const applied = engineAt(15);
export const steady = factAt(20, { type: 'steady', revision, phaseMs: 30 });
export const disturbing = factAt(90, { type: 'disturbing', disturbance, kind: 'measured' });
export const committed = objectAt(100, web, { event: 'DELETED', isReady: false });
export const detected = engineAt(110, atWork);
export const restored = objectAt(120, web, { event: 'ADDED', uid: 'second', isReady: false });
export const ready = objectAt(130, web, { uid: 'second' });
export const settled = engineAt(140);
export const watched = (end: 'recovered' | 'timeout' | 'gave-up' | 'interrupted' | 'error', reason = '') =>
  factAt(200, { type: 'watched', end, reason });
export const before = [pushed, applied, steady, disturbing];
export const whole = [...before, committed, detected, restored, ready, settled, watched('recovered')];

export const rules: JudgeRules = { holdMs: 50, limits: { loadPerCore: 4, stealShare: 0.1, heldUpMs: 250 } };
export const judge = (facts: readonly Observation[]) => judgeIteration(start, facts, driftRecovery, rules);
/** The facts of a valid iteration with one more before the first that `place` is. */
export const withFact = (fact: Observation, place: Observation) =>
  whole.flatMap((other) => (other === place ? [fact, other] : [other]));
