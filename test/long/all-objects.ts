import { openCluster } from '../../lab/kube/kube-access.ts';
import { listAt, textAt } from '../../lab/kube/objects.ts';

/** What comes and goes by itself. */
const fleeting = ['events', 'leases'];

/** Every object of a cluster, of every kind that it serves, as `plural namespace/name uid`; without what comes and goes by itself. */
export async function allObjects(kubeconfig: string): Promise<string[]> {
  const access = openCluster(kubeconfig);
  try {
    const groups = listAt(await access.get('/apis'), 'groups');
    const versions = groups.map((group) => `/apis/${textAt(group, 'preferredVersion', 'groupVersion')}`);
    const found: string[] = [];
    for (const version of ['/api/v1', ...versions]) {
      for (const resource of listAt(await access.get(version), 'resources')) {
        const plural = textAt(resource, 'name');
        if (!listAt(resource, 'verbs').includes('list') || fleeting.includes(plural)) continue;
        for (const item of listAt(await access.get(`${version}/${plural}`), 'items')) {
          const [namespace, name] = [textAt(item, 'metadata', 'namespace'), textAt(item, 'metadata', 'name')];
          found.push(`${plural} ${namespace}/${name} ${textAt(item, 'metadata', 'uid')}`);
        }
      }
    }
    return found.sort();
  } finally {
    access.close();
  }
}
