import { settingNumber, type EngineSetting } from '../setting.ts';

const program = 'argocd-application-controller';

/** How long self-heal waits between its attempts on one revision. */
export interface SelfHealBackoff {
  readonly firstMs: number;
  readonly factor: number;
  readonly capMs: number;
  /** After this long without an operation the attempts are counted anew. */
  readonly cooldownMs: number;
  /** Between attempts, where there is no backoff. */
  readonly timeoutMs: number;
}

/**
 * The backoff as it was read back; what was not is Argo CD's own
 * (cmd/argocd-application-controller/commands/argocd_application_controller.go of Argo CD 3.2).
 */
export function readBackoff(settings: readonly EngineSetting[]): SelfHealBackoff {
  const seconds = (flag: string, otherwise: number): number =>
    settingNumber(settings, `${program} --${flag}`) ?? otherwise;
  return {
    firstMs: 1000 * seconds('self-heal-backoff-timeout-seconds', 2),
    factor: seconds('self-heal-backoff-factor', 3),
    capMs: 1000 * seconds('self-heal-backoff-cap-seconds', 300),
    cooldownMs: 1000 * seconds('self-heal-backoff-cooldown-seconds', 330),
    timeoutMs: 1000 * seconds('self-heal-timeout-seconds', 0),
  };
}

/**
 * How long after the end of the last operation self-heal tries again, after so many attempts on the same revision
 * (selfHealRemainingBackoff in controller/appcontroller.go of Argo CD 3.2; Backoff.Step in k8s.io/apimachinery/pkg/util/wait).
 */
export function backoffMs(backoff: SelfHealBackoff, attemptsBefore: number): number {
  const { firstMs, factor, capMs, timeoutMs } = backoff;
  if (firstMs === 0) return timeoutMs;
  if (attemptsBefore === 0) return 0;
  let delayMs = firstMs;
  for (let attempt = 1; attempt < attemptsBefore; attempt += 1) {
    const nextMs = factor === 0 ? delayMs : delayMs * factor;
    if (capMs > 0 && nextMs > capMs) return capMs;
    delayMs = nextMs;
  }
  return delayMs;
}
