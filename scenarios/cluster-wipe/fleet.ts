import type { ManagedApplication } from '../../lab/engines/engine.ts';
import { fleetOf, type EngineChoice } from '../../lab/engines/registry.ts';
import type { Footprint } from '../../lab/footprint.ts';
import type { LiveObject } from '../../lab/kube/objects.ts';
import { manifestFiles } from '../../lab/kube/manifest-files.ts';

/** Every object of an application carries it, so that one watch of a kind sees them all, and a Service hands it on to its endpoints. */
export const fleetLabel = { key: 'app.kubernetes.io/part-of', value: 'fleet' } as const;

const replicas = 2;

/** The names of `count` applications: `app-01` and on. */
function namesOf(count: number): string[] {
  return Array.from({ length: count }, (_, index) => `app-${String(index + 1).padStart(2, '0')}`);
}

/** The applications, each in a namespace and a folder of its own. */
export function applicationsOf(count: number): ManagedApplication[] {
  return namesOf(count).map((name) => ({ name, namespace: name, path: `apps/${name}` }));
}

/** What Git says of one application at a release. */
export function objectsOf({ name, namespace }: ManagedApplication, release: number): LiveObject[] {
  const own = { app: name };
  const labels = { ...own, [fleetLabel.key]: fleetLabel.value };
  const metadata = { name, namespace, labels };
  const container = {
    name,
    image: 'registry.example/fleet/app:1.0.0',
    envFrom: [{ configMapRef: { name } }],
    ports: [{ containerPort: 8080 }],
  };
  return [
    { apiVersion: 'v1', kind: 'Namespace', metadata: { name: namespace, labels } },
    {
      apiVersion: 'v1',
      kind: 'ConfigMap',
      metadata,
      data: { release: String(release), greeting: 'welcome' },
    },
    {
      apiVersion: 'apps/v1',
      kind: 'Deployment',
      metadata,
      spec: {
        replicas,
        selector: { matchLabels: own },
        template: { metadata: { labels: own }, spec: { containers: [container] } },
      },
    },
    {
      apiVersion: 'v1',
      kind: 'Service',
      metadata,
      spec: { selector: own, ports: [{ port: 80, targetPort: 8080, protocol: 'TCP' }] },
    },
  ];
}

/** What the applications bring into a cluster. */
export function fleetFootprint(applications: readonly ManagedApplication[]): Footprint {
  const namespaces = applications.map(({ namespace }) => namespace);
  return { namespaces, definitions: [], partsOf: [], objects: [] };
}

/** The manifests of all applications at a release, as files of the state store. */
export function releaseFiles(
  applications: readonly ManagedApplication[],
  release: number,
): Record<string, string> {
  return Object.assign(
    {},
    ...applications.map((one) => manifestFiles(one.path, objectsOf(one, release))),
  ) as Record<string, string>;
}

/** What has the engine keep all of them, as files of the state store at `url`. */
export function engineFiles(
  applications: readonly ManagedApplication[],
  url: string,
  choice: EngineChoice,
): Record<string, string> {
  const { filesOf: fileOf } = fleetOf(choice);
  return Object.assign({}, ...applications.map((one) => fileOf(one, url))) as Record<string, string>;
}
