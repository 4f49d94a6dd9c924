import { randomBytes } from 'node:crypto';
import { waitUntil } from '../../../common/wait.ts';
import { applyObjects } from '../../kube/apply.ts';
import { textAt, type LiveObject } from '../../kube/objects.ts';
import type { Lab } from '../../lab.ts';
import type { PushReceiver } from '../engine.ts';
import { fluxNamespace } from './manifests.ts';

const name = 'state-store';
const apiVersion = 'notification.toolkit.fluxcd.io/v1';
const timeoutMs = 60_000;

/** A Receiver that has the GitRepository looked at when a push is told (https://fluxcd.io/flux/components/notification/receivers/). */
export function receiverObjects(secret: string): LiveObject[] {
  const metadata = { name, namespace: fluxNamespace };
  return [
    { apiVersion: 'v1', kind: 'Secret', metadata, stringData: { token: secret } },
    {
      apiVersion,
      kind: 'Receiver',
      metadata,
      spec: {
        type: 'github',
        events: ['ping', 'push'],
        secretRef: { name },
        resources: [
          { apiVersion: 'source.toolkit.fluxcd.io/v1', kind: 'GitRepository', name: fluxNamespace },
        ],
      },
    },
  ];
}

/** Has the notification-controller, which listens at `address`, take pushes of the state store; returns when it does. */
export async function openPushReceiver(
  lab: Lab,
  address: string,
  signal: AbortSignal,
): Promise<PushReceiver> {
  const secret = randomBytes(24).toString('base64url');
  await applyObjects(lab.access, receiverObjects(secret), signal);
  const path = await waitUntil(
    async () => {
      const live = await lab.access.get(`/apis/${apiVersion}/namespaces/${fluxNamespace}/receivers/${name}`);
      return textAt(live, 'status', 'webhookPath') || undefined;
    },
    { goal: 'the notification-controller to open its Receiver', timeoutMs, signal },
  );
  return { url: `http://${address}${path}`, secret };
}
