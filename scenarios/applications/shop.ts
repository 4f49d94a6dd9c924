import type { Application, LiveObject } from '../api.ts';

/** A web shop as small as one can be: three replicas behind a Service, configured by a ConfigMap. */
const namespace = 'shop';
const name = 'web';
const labels = { app: name };

/** What Git says about the Deployment; disturbances pick other values than these. */
export const replicas = 3;
export const image = 'registry.example/shop/web:1.4.2';
export const greeting = { name: 'GREETING', value: 'welcome' };

/** What a variant of the shop has besides. */
interface Variant {
  /** Annotations of its pods, which roll when they change. */
  readonly podAnnotations?: Readonly<Record<string, string>>;
  /** After which a Deployment that comes no further is said to have failed (https://kubernetes.io/docs/concepts/workloads/controllers/deployment/#progress-deadline-seconds). */
  readonly progressDeadlineSeconds?: number;
  /** Its pods are spread over the nodes, and leave one that is not Ready after 10 s. */
  readonly isSpread?: true;
  /** Every node answers for it on this port, and a pod is ready once its server says so; where pods are real. */
  readonly nodePort?: number;
}

/** A second is the shortest period (https://kubernetes.io/docs/concepts/configuration/liveness-readiness-startup-probes/). */
const readinessProbe = { httpGet: { path: '/healthz', port: 8080 }, periodSeconds: 1 };

/** Kubernetes gives each pod 300 s for these two unless its manifest says otherwise (https://kubernetes.io/docs/concepts/scheduling-eviction/taint-and-toleration/#taint-based-evictions). */
const tolerations = ['not-ready', 'unreachable'].map((condition) => ({
  key: `node.kubernetes.io/${condition}`,
  operator: 'Exists',
  effect: 'NoExecute',
  tolerationSeconds: 10,
}));

const topologySpreadConstraints = [
  {
    maxSkew: 1,
    topologyKey: 'kubernetes.io/hostname',
    whenUnsatisfiable: 'ScheduleAnyway',
    labelSelector: { matchLabels: labels },
  },
];

function objectsOf(
  release: number,
  { podAnnotations, nodePort, isSpread, ...deadline }: Variant = {},
): LiveObject[] {
  const metadata = { name, namespace };
  const annotations = podAnnotations === undefined ? {} : { annotations: podAnnotations };
  return [
    { apiVersion: 'v1', kind: 'Namespace', metadata: { name: namespace } },
    { apiVersion: 'v1', kind: 'ConfigMap', metadata, data: { release: String(release), currency: 'EUR' } },
    {
      apiVersion: 'apps/v1',
      kind: 'Deployment',
      metadata,
      spec: {
        replicas,
        ...deadline,
        selector: { matchLabels: labels },
        template: {
          metadata: { labels, ...annotations },
          spec: {
            ...(isSpread === undefined ? {} : { tolerations, topologySpreadConstraints }),
            containers: [
              {
                name,
                image,
                env: [greeting],
                ports: [{ containerPort: 8080 }],
                ...(nodePort === undefined ? {} : { readinessProbe }),
              },
            ],
          },
        },
      },
    },
    {
      apiVersion: 'v1',
      kind: 'Service',
      metadata,
      spec: {
        ...(nodePort === undefined ? {} : { type: 'NodePort' }),
        selector: labels,
        ports: [
          { port: 80, targetPort: 8080, protocol: 'TCP', ...(nodePort === undefined ? {} : { nodePort }) },
        ],
      },
    },
  ];
}

const common = { name: 'shop', namespace, path: 'apps/shop' };

export const shop: Application = { ...common, objectsAt: (release) => objectsOf(release) };

/** The shop whose pods are replaced by each release, so that an engine has to wait for them. */
export const rollingShop: Application = {
  ...common,
  objectsAt: (release) => objectsOf(release, { podAnnotations: { release: String(release) } }),
};

/** The shop whose Deployment is said to have failed after 20 s without progress; Kubernetes itself takes 10 minutes. */
export const impatientShop: Application = {
  ...common,
  objectsAt: (release) => objectsOf(release, { progressDeadlineSeconds: 20 }),
};

/** Both at once: its pods are replaced by each release, and one that comes no further has failed after 20 s. */
export const impatientRollingShop: Application = {
  ...common,
  objectsAt: (release) =>
    objectsOf(release, { podAnnotations: { release: String(release) }, progressDeadlineSeconds: 20 }),
};

/** The shop as whoever may lose a machine writes it: its pods are spread over the nodes, and soon leave one that is lost. */
export const spreadShop: Application = {
  ...common,
  objectsAt: (release) => objectsOf(release, { isSpread: true }),
};

/** Where clients reach the shop that they can reach, on every node. */
export const nodePort = 30_080;

/** The shop that clients outside of the cluster can reach, where pods are real. */
export const reachableShop: Application = {
  ...common,
  objectsAt: (release) => objectsOf(release, { nodePort }),
};

/** The shop's Deployment, as disturbances name it. */
export const web = { apiVersion: 'apps/v1', kind: 'Deployment', namespace, name };

/** All of the shop as Git has it, and serving. */
export const wholeShop = {
  restores: ['Deployment/web', 'Service/web', 'ConfigMap/web'],
  readies: ['Deployment/web', 'Endpoints/web'],
} as const;
