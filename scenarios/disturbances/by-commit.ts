import type { LiveObject } from '../../lab/kube/objects.ts';
import type { Change, ObjectName } from '../scenario.ts';

function nameOf({ kind, metadata }: LiveObject): ObjectName {
  return `${kind}/${metadata.name}`;
}

/** The objects with one of them changed. Throws where it is not among them. */
function withChanged(
  objects: readonly LiveObject[],
  target: ObjectName,
  changed: (object: LiveObject) => LiveObject,
): LiveObject[] {
  if (!objects.some((object) => nameOf(object) === target)) throw new Error(`Git has no ${target}`);
  return objects.map((object) => (nameOf(object) === target ? changed(object) : object));
}

/** Someone commits another number of replicas of a Deployment. */
export function commitReplicas(name: string, target: ObjectName, replicas: number): Change {
  const message = `Run ${replicas} replicas of ${target}`;
  return {
    name,
    kind: 'change',
    sentence: `someone commits ${replicas} replicas of ${target}`,
    command: `git commit --message '${message}' && git push`,
    message,
    change: (objects) =>
      withChanged(objects, target, (object) => ({
        ...object,
        spec: { ...(object['spec'] as object), replicas },
      })),
    restores: [target],
    readies: [target],
    removes: [],
  };
}

/** Someone removes a manifest from Git. `gone` is what goes with its object. */
export function commitRemoval(name: string, target: ObjectName, gone: readonly ObjectName[] = []): Change {
  const message = `Remove ${target}`;
  return {
    name,
    kind: 'change',
    sentence: `someone removes the manifest of ${target} from Git`,
    command: `git rm FILE && git commit --message '${message}' && git push`,
    message,
    change: (objects) => objects.filter((object) => nameOf(object) !== target),
    restores: [],
    readies: [],
    removes: [target, ...gone],
  };
}
