import { stringify } from 'yaml';
import type { Parts } from '../../lab/engines/engine.ts';
import { operatorName, productOf, widget } from '../../lab/operator/widget.ts';
import { manifestFiles } from '../../lab/kube/manifest-files.ts';
import type { Application, FilesFor, LiveObject, ObjectReference } from '../api.ts';

/** A workshop that begins with nothing, and then has an operator, the kind that it serves, and objects of that kind. */
const namespace = 'workshop';
const folder = 'apps/workshop';
const labels = { app: operatorName };

const definition: LiveObject = {
  apiVersion: 'apiextensions.k8s.io/v1',
  kind: 'CustomResourceDefinition',
  metadata: { name: `${widget.plural}.${widget.group}` },
  spec: {
    group: widget.group,
    scope: 'Namespaced',
    names: { kind: widget.kind, plural: widget.plural, singular: 'widget' },
    versions: [
      {
        name: widget.version,
        served: true,
        storage: true,
        schema: {
          openAPIV3Schema: {
            type: 'object',
            properties: { spec: { type: 'object', properties: { size: { type: 'integer' } } } },
          },
        },
      },
    ],
  },
};

/** An operator takes a while to be ready, as its program has to start: its webhook answers no sooner. */
const operator: LiveObject = {
  apiVersion: 'apps/v1',
  kind: 'Deployment',
  metadata: { name: operatorName, namespace },
  spec: {
    replicas: 1,
    minReadySeconds: 2,
    selector: { matchLabels: labels },
    template: {
      metadata: { labels },
      spec: { containers: [{ name: 'operator', image: 'registry.example/workshop/operator:1.0.0' }] },
    },
  },
};

/** Nothing is taken while the operator is not there to say that it is right (https://kubernetes.io/docs/reference/access-authn-authz/extensible-admission-controllers/#failure-policy). */
function webhookConfiguration({ operator: address }: FilesFor): LiveObject {
  if (address === undefined) throw new Error('the workshop needs a lab with an operator');
  return {
    apiVersion: 'admissionregistration.k8s.io/v1',
    kind: 'ValidatingWebhookConfiguration',
    metadata: { name: operatorName },
    webhooks: [
      {
        name: `validate.${widget.group}`,
        admissionReviewVersions: ['v1'],
        sideEffects: 'None',
        failurePolicy: 'Fail',
        timeoutSeconds: 5,
        clientConfig: { url: address.url, caBundle: Buffer.from(address.authority).toString('base64') },
        rules: [
          {
            apiGroups: [widget.group],
            apiVersions: [widget.version],
            operations: ['CREATE', 'UPDATE'],
            resources: [widget.plural],
          },
        ],
      },
    ],
  };
}

const widgets: readonly LiveObject[] = ['cog', 'lever'].map((name, index) => ({
  apiVersion: widget.apiVersion,
  kind: widget.kind,
  metadata: { name, namespace },
  spec: { size: index + 1 },
}));

const made: readonly LiveObject[] = widgets.map(productOf);

/**
 * What may be left when Git has none of it any more: the kind, for Argo CD leaves that behind with the Application that brought it
 * (shouldBeDeleted in controller/appcontroller.go); and what the operator has made of widgets, for the garbage collector learns of
 * a new kind every 30 s alone (cmd/kube-controller-manager/app/core.go), and never misses the objects of one that came and went between.
 */
export const leftBehind: readonly ObjectReference[] = [definition, ...made].map(
  ({ apiVersion, kind, metadata }) => ({ apiVersion, kind, ...namespaceOf(metadata), name: metadata.name }),
);

function namespaceOf({ namespace: own }: LiveObject['metadata']): { readonly namespace?: string } {
  return own === undefined ? {} : { namespace: own };
}

/** What there is to be seen of the whole workshop, once all of it works. */
const products: readonly LiveObject[] = [definition, operator, ...made];

/** The names of these objects, as reports have them. */
export const wholeWorkshop = products.map(
  ({ kind, metadata }): `${string}/${string}` => `${kind}/${metadata.name}`,
);

export const workshop: Application = {
  name: 'workshop',
  namespace,
  path: folder,
  objectsAt: (release) => [
    { apiVersion: 'v1', kind: 'Namespace', metadata: { name: namespace } },
    {
      apiVersion: 'v1',
      kind: 'ConfigMap',
      metadata: { name: 'workshop', namespace },
      data: { release: String(release) },
    },
  ],
};

/** The workshop with all that belongs into it. */
export function withProducts(objects: readonly LiveObject[]): LiveObject[] {
  return [...objects, ...products];
}

function groundFiles(objects: readonly LiveObject[]): Readonly<Record<string, string>> {
  const ground = objects.filter((object) => !products.includes(object));
  return manifestFiles(folder, ground);
}

/** All manifests in the folder that the engine keeps as one thing. */
export function inOneFolder(
  objects: readonly LiveObject[],
  reader: FilesFor,
): Readonly<Record<string, string>> {
  const further = [...widgets, operator, webhookConfiguration(reader), definition];
  return {
    ...groundFiles(objects),
    [`${folder}/workshop.yaml`]: further.map((one) => stringify(one)).join('---\n'),
  };
}

/** The manifests in three folders that the engine keeps apart; whether it is told of their order. */
export function inParts(isOrderDeclared: boolean): NonNullable<Application['filesOf']> {
  const partsOf = (reader: FilesFor) => ({
    'workshop-kinds': [definition],
    'workshop-operator': [operator, webhookConfiguration(reader)],
    'workshop-widgets': widgets,
  });
  const pathOf = (part: string) => `parts/${part}`;
  return (objects, reader) => {
    const all = Object.entries(partsOf(reader));
    const parts: Parts = {
      folder,
      isOrderDeclared,
      parts: all.map(([name]) => ({ name, namespace, path: pathOf(name) })),
    };
    const files = all.map(([name, manifests]) => manifestFiles(pathOf(name), manifests));
    return Object.assign({}, groundFiles(objects), reader.partFiles(parts), ...files) as Record<
      string,
      string
    >;
  };
}
