import type { Application, LiveObject } from '../api.ts';

/** A web shop as small as one can be: three replicas behind a Service, configured by a ConfigMap. */
const namespace = 'shop';
const name = 'web';
const labels = { app: name };

/** What Git says about the Deployment; disturbances pick other values than these. */
export const replicas = 3;
export const image = 'registry.example/shop/web:1.4.2';
export const greeting = { name: 'GREETING', value: 'welcome' };

function objectsAt(release: number): LiveObject[] {
  const metadata = { name, namespace };
  return [
    { apiVersion: 'v1', kind: 'Namespace', metadata: { name: namespace } },
    { apiVersion: 'v1', kind: 'ConfigMap', metadata, data: { release: String(release), currency: 'EUR' } },
    {
      apiVersion: 'apps/v1',
      kind: 'Deployment',
      metadata,
      spec: {
        replicas,
        selector: { matchLabels: labels },
        template: {
          metadata: { labels },
          spec: { containers: [{ name, image, env: [greeting], ports: [{ containerPort: 8080 }] }] },
        },
      },
    },
    {
      apiVersion: 'v1',
      kind: 'Service',
      metadata,
      spec: { selector: labels, ports: [{ port: 80, targetPort: 8080, protocol: 'TCP' }] },
    },
  ];
}

export const shop: Application = { name: 'shop', namespace, path: 'apps/shop', objectsAt };
