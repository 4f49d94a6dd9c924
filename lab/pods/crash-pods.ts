import type { KubeAccess } from '../kube/kube-access.ts';
import { componentOf, podsOf } from './pods-of.ts';

/** Ends the pods of a component at once, without a warning; whoever owns them makes new ones. Throws where it has none. */
export async function crashPods(access: KubeAccess, namespace: string, component: string): Promise<void> {
  const pods = (await podsOf(access, namespace)).filter((pod) => componentOf(pod) === component);
  if (pods.length === 0) throw new Error(`there is no pod of ${component} in ${namespace}`);
  await Promise.all(
    pods.map(async ({ metadata: { name } }) =>
      access.removeNow({ apiVersion: 'v1', kind: 'Pod', namespace, name }),
    ),
  );
}
