import { noticesLost } from '../figures/notifications.ts';
import type { Disturbance, Fault, OwedNotice } from '../scenario.ts';
import type { After } from './by-fault.ts';

/**
 * How long an engine tries to deliver at most: Flux for the 15 s that a Provider has unless it says otherwise (GetTimeout in
 * api/v1beta3/provider_types.go of notification-controller), Argo CD for 7 s, after 1, 2 and 4 s (NewWebhookService in
 * pkg/services/webhook.go of notifications-engine).
 */
const triesMs = 15_000;
/** Argo CD looks at each Application again every 60 s (resyncPeriod in notification_controller/controller/controller.go). */
const waitMs = 70_000;
/** Long enough for a failure to be told again: Flux tries a failed release again after its retryInterval. */
const listenMs = 10_000;

/** The same disturbance, of which the engine has to tell the lab's receiver. */
export function toldOf<Kind extends Disturbance>(outcome: OwedNotice['outcome'], disturbance: Kind): Kind {
  return {
    ...disturbance,
    feature: `gets a notification through when ${disturbance.sentence}`,
    featureFailures: noticesLost.name,
    notice: { outcome, waitMs, listenMs },
  };
}

/** The receiver of notifications can't be reached while a release is rolled out, and comes back a while after it. */
export function receiverOutage(
  name: string,
  { longestMs, ...after }: After & { readonly longestMs: number },
): Fault {
  const seconds = longestMs / 1000;
  const inVainMs = longestMs / 2 >= triesMs ? waitMs : 0;
  const meanMs = longestMs * 0.75 + inVainMs + listenMs;
  return {
    ...after,
    name,
    kind: 'fault',
    knownToTakeMs: { flux: meanMs, argocd: meanMs },
    sentence: `the receiver of notifications can not be reached while a release is rolled out, nor for up to ${seconds} s after that`,
    command: 'stop the receiver; git commit && git push; start the receiver',
    act: async ({ takeReceiverAway, commitRelease, begin, untilApplied, waitAtRandom, giveReceiverBack }) => {
      await takeReceiverAway();
      await commitRelease();
      begin('a release is pushed, and nobody can be notified');
      await untilApplied();
      await waitAtRandom(longestMs, 1 / 2);
      await giveReceiverBack();
    },
  };
}
