import type { Disturbance, OwedNotice } from '../scenario.ts';

/**
 * Longer than either engine goes on by itself: Flux tries for the 15 s that a Provider has (GetTimeout in
 * api/v1beta3/provider_types.go of notification-controller); Argo CD tries for 7 s (NewWebhookService in
 * pkg/services/webhook.go of notifications-engine), and looks at every Application again each 60 s (resyncPeriod in
 * notification_controller/controller/controller.go).
 */
const waitMs = 75_000;
/** Long enough for a failure to be told again: Flux tries a failed release again after its retryInterval. */
const listenMs = 10_000;

/** The same disturbance, of which the engine has to tell the lab's receiver. */
export function toldOf<Kind extends Disturbance>(outcome: OwedNotice['outcome'], disturbance: Kind): Kind {
  return {
    ...disturbance,
    feature: `notifies of ${disturbance.name}`,
    notice: { outcome, waitMs, listenMs },
  };
}
