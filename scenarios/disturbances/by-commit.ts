import { neverReadyAnnotation } from '../../lab/embedded/stages.ts';
import { listAt, textAt, valueAt, type LiveObject } from '../../lab/kube/objects.ts';
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

/** Someone has released an image whose pods never become ready, and takes the commit back. `git revert` restores what was before. */
export function revertRelease(name: string, target: ObjectName, container: string, image: string): Change {
  const message = `Revert "Release ${image}"`;
  return {
    name,
    kind: 'change',
    sentence: `someone takes back a release of ${target} whose pods never become ready`,
    command: 'git revert HEAD && git push',
    message,
    change: (objects) => objects,
    restores: [target],
    readies: [target],
    removes: [],
    after: {
      message: `Release ${image}`,
      change: (objects) =>
        withChanged(objects, target, (object) => withPodTemplate(object, container, image)),
      breaks: [target],
    },
  };
}

/** A Deployment with another image, whose simulated pods stay Pending. */
function withPodTemplate(deployment: LiveObject, container: string, image: string): LiveObject {
  const template = valueAt(deployment, 'spec', 'template') as object;
  const containers = listAt(template, 'spec', 'containers').map((one) =>
    textAt(one, 'name') === container ? { ...(one as object), image } : one,
  );
  return {
    ...deployment,
    spec: {
      ...(deployment['spec'] as object),
      template: {
        metadata: {
          ...(valueAt(template, 'metadata') as object),
          annotations: { [neverReadyAnnotation]: 'true' },
        },
        spec: { ...(valueAt(template, 'spec') as object), containers },
      },
    },
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
