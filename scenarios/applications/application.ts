import type { LiveObject } from '../../lab/kube/objects.ts';
import { kindOf } from '../probes/kinds.ts';
import type { Application } from '../scenario.ts';

/** Stands in the Namespace's manifest, so that every release is a change of content that touches no pod. */
const releaseAnnotation = 'gitops-lab/release';

interface ApplicationOptions {
  /** What the engine calls it, and the folder in Git: a DNS label such as `guestbook`. */
  readonly name: string;
  /** Its manifests. Without a Namespace among them one is added, named as theirs or as the application. */
  readonly objects: readonly LiveObject[];
}

function namespaceOf({ name, objects }: ApplicationOptions): string {
  const own = objects.find(({ kind }) => kind === 'Namespace')?.metadata.name;
  return own ?? objects.find(({ metadata }) => metadata.namespace !== undefined)?.metadata.namespace ?? name;
}

function placed(object: LiveObject, namespace: string): LiveObject {
  const isOutside = object.metadata.namespace !== undefined || kindOf(object)?.isNamespaced === false;
  return isOutside ? object : { ...object, metadata: { ...object.metadata, namespace } };
}

function released(object: LiveObject, release: number): LiveObject {
  const { metadata } = object;
  const annotations = { ...metadata.annotations, [releaseAnnotation]: String(release) };
  return { ...object, metadata: { ...metadata, annotations } };
}

/** The application that these manifests make; each release differs from the one before in an annotation of the Namespace. */
export function application(options: ApplicationOptions): Application {
  const { name, objects } = options;
  const namespace = namespaceOf(options);
  const added: LiveObject = { apiVersion: 'v1', kind: 'Namespace', metadata: { name: namespace } };
  const all = objects.some(({ kind }) => kind === 'Namespace') ? objects : [added, ...objects];
  const whole = all.map((object) => placed(object, namespace));
  return {
    name,
    namespace,
    path: `apps/${name}`,
    objectsAt: (release) =>
      whole.map((object) => (object.kind === 'Namespace' ? released(object, release) : object)),
  };
}
