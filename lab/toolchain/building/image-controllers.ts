import { imageControllerVersion } from '../flux-pins.ts';

/** Controllers whose module is on no module proxy, while that of their API is: their CRDs are made from its types, and the programs are the user's. */
export const describedControllers = ['image-reflector-controller', 'image-automation-controller'] as const;

type DescribedController = (typeof describedControllers)[number];

/** The module folder that pins the APIs, and the generator that makes CRDs of them. */
export const imageApis = {
  folder: 'image-apis',
  generator: 'sigs.k8s.io/controller-tools/cmd/controller-gen',
} as const;

/** The package that describes a controller's objects, in the version that it stores. */
export function apiPackage(controller: DescribedController): string {
  return `github.com/fluxcd/${controller}/api/v1`;
}

/** Where a controller writes: image-reflector-controller keeps the tags that it has seen in /data (`--storage-path` in its main.go). */
const writtenPlaces = { data: '/data', temp: '/tmp' } as const;

/** Whom the files in volumes belong to, so that a user who is not root may write them. */
const fileGroup = 1337;

/**
 * The Deployment of a controller: what flux2's patches and the lab read of it. The patches of flux2 put an argument before
 * these, and replace the first three by their place (https://github.com/fluxcd/flux2/blob/main/pkg/manifestgen/install/templates.go).
 */
export function imageDeployment(name: DescribedController): object {
  const labels = { app: name };
  const container = {
    name: 'manager',
    image: `fluxcd/${name}:${imageControllerVersion}`,
    args: ['--watch-all-namespaces', '--log-level=info', '--log-encoding=json', '--enable-leader-election'],
    env: [{ name: 'RUNTIME_NAMESPACE', valueFrom: { fieldRef: { fieldPath: 'metadata.namespace' } } }],
    volumeMounts: Object.entries(writtenPlaces).map(([volume, mountPath]) => ({ name: volume, mountPath })),
    resources: { limits: { cpu: '1000m', memory: '1Gi' }, requests: { cpu: '100m', memory: '64Mi' } },
  };
  const podSpec = {
    containers: [container],
    securityContext: { fsGroup: fileGroup },
    volumes: Object.keys(writtenPlaces).map((volume) => ({ name: volume, emptyDir: {} })),
  };
  return {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: { name, labels: { 'control-plane': 'controller' } },
    spec: {
      replicas: 1,
      selector: { matchLabels: labels },
      template: { metadata: { labels }, spec: podSpec },
    },
  };
}
