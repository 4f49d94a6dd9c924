import { neverReadyAnnotation } from '../../lab/embedded/stages.ts';
import { listAt, textAt, valueAt, type LiveObject } from '../../lab/kube/objects.ts';
import type { Change, ObjectName } from '../scenario.ts';

function nameOf({ kind, metadata }: LiveObject): ObjectName {
  return `${kind}/${metadata.name}`;
}

/** The objects with one of them changed. Throws where it is not among them. */
export function withChanged(
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
    feature: 'takes back a release that never becomes ready when Git does',
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

/** A release that is proposed, reviewed and merged. */
export function promoteRelease(name: string, target: ObjectName, container: string, image: string): Change {
  return {
    name,
    kind: 'change',
    isReviewed: true,
    sentence: `someone proposes a release of ${target}, someone else approves it, and it is merged`,
    command: 'git push origin HEAD:refs/heads/promotion, then open, approve and merge a pull request',
    message: `Promote ${target} to ${image}`,
    change: (objects) =>
      withChanged(objects, target, (object) => withPodTemplate(object, container, image, {})),
    restores: [target],
    readies: [target],
    removes: [],
  };
}

/** Someone commits a release whose pods become ready. */
export function commitGoodRelease(
  name: string,
  target: ObjectName,
  container: string,
  image: string,
  readies: readonly ObjectName[],
): Change {
  const message = `Release ${image}`;
  return {
    name,
    kind: 'change',
    sentence: `someone commits a release of ${target} whose pods become ready`,
    command: `git commit --all --message '${message}' && git push`,
    message,
    change: (objects) =>
      withChanged(objects, target, (object) => withPodTemplate(object, container, image, {})),
    restores: [target],
    readies,
    removes: [],
  };
}

const neverReady = { [neverReadyAnnotation]: 'true' };

/** A Deployment with another image; its simulated pods stay Pending where their annotations say so. */
export function withPodTemplate(
  deployment: LiveObject,
  container: string,
  image: string,
  annotations: Readonly<Record<string, string>> = neverReady,
): LiveObject {
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
          ...(Object.keys(annotations).length === 0
            ? {}
            : {
                annotations: { ...(valueAt(template, 'metadata', 'annotations') as object), ...annotations },
              }),
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
    feature: `removes a ${target.split('/')[0] ?? ''} that Git no longer has`,
    sentence: `someone removes the manifest of ${target} from Git`,
    command: `git rm FILE && git commit --message '${message}' && git push`,
    message,
    change: (objects) => objects.filter((object) => nameOf(object) !== target),
    restores: [],
    readies: [],
    removes: [target, ...gone],
  };
}

/** Someone commits a manifest that the API server refuses. `serves` is what goes on all the same. */
export function commitBrokenManifest(
  name: string,
  target: ObjectName,
  serves: readonly ObjectName[],
): Change {
  return {
    ...surfacedChange(name, serves),
    feature: 'tells of a manifest that the API server refuses',
    sentence: `someone commits a manifest of ${target} that the API server refuses`,
    message: `Set the replicas of ${target} to a word`,
    change: (objects) =>
      withChanged(objects, target, (object) => ({
        ...object,
        spec: { ...(object['spec'] as object), replicas: 'three' },
      })),
  };
}

/** Someone commits a release whose pods never become ready. `serves` is what goes on all the same. */
export function commitNeverReady(
  name: string,
  target: ObjectName,
  container: string,
  image: string,
  serves: readonly ObjectName[],
): Change {
  return {
    ...surfacedChange(name, serves),
    feature: 'tells of a release that never becomes ready',
    sentence: `someone commits a release of ${target} whose pods never become ready`,
    message: `Release ${image}`,
    change: (objects) => withChanged(objects, target, (object) => withPodTemplate(object, container, image)),
  };
}

/** Someone changes a value of a ConfigMap. `isTold`: the engine is told of the push at once. */
export function commitValue(
  name: string,
  target: ObjectName,
  value: { readonly key: string; readonly value: string },
  { isTold }: { readonly isTold: boolean },
): Change {
  const message = `Set ${value.key} of ${target} to ${value.value}`;
  return {
    name,
    kind: 'change',
    isTold,
    feature: isTold ? 'applies a commit that a webhook tells it of' : 'applies a commit that it has to find',
    sentence: `someone sets ${value.key} of ${target} to ${value.value}, and ${isTold ? 'a webhook tells the engine' : 'nobody tells the engine'}`,
    command: `git commit --all --message '${message}' && git push`,
    message,
    change: (objects) =>
      withChanged(objects, target, (object) => ({
        ...object,
        data: { ...(object['data'] as object), [value.key]: value.value },
      })),
    restores: [target],
    readies: [target],
    removes: [],
  };
}

/** Someone sets the number of replicas for one environment. */
export function commitReplicas(
  name: string,
  environment: string,
  target: ObjectName,
  replicas: number,
): Change {
  const message = `Run ${replicas} replicas of ${target} in ${environment}`;
  return {
    name,
    environment,
    kind: 'change',
    feature: `follows its own folder of a repository that two clusters share, as ${environment}`,
    sentence: `someone sets the replicas of ${target} in ${environment} to ${replicas}`,
    command: `git commit --all --message '${message}' && git push`,
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

/** What all commits have in common that an engine can't carry out. */
function surfacedChange(name: string, serves: readonly ObjectName[]) {
  return {
    name,
    kind: 'change',
    outcome: 'surfaced',
    command: 'git commit --all && git push',
    restores: [],
    readies: serves,
    removes: [],
  } as const;
}
