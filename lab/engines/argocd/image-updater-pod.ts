import path from 'node:path';
import type { NeededImage } from '../../images/image.ts';
import type { LiveObject } from '../../kube/objects.ts';
import { imageUpdaterReference } from '../../toolchain/pins.ts';
import type { FollowedImage } from '../engine.ts';
import { imageUpdater } from './image-files.ts';
import { registries, updaterArguments } from './image-updater.ts';
import { argocdNamespace } from './manifests.ts';
import type { ArgocdOptions } from './options.ts';

const program = `/usr/local/bin/${imageUpdater}`;
const settings = '/etc/argocd-image-updater';
const healthPort = 8081;

/** The image of the Image Updater, which needs git; `file` is its program. */
export function updaterImage(file: string): NeededImage {
  return {
    reference: imageUpdaterReference,
    isPublished: true,
    recipe: { base: 'debian', files: { [program]: file }, entrypoint: [program], user: '999' },
  };
}

/** The Image Updater as a Deployment. Its own manifests can't be had with the program, so that this one is the lab's. */
export function updaterDeployment(followed: FollowedImage, options: ArgocdOptions): LiveObject[] {
  const labels = { 'app.kubernetes.io/name': imageUpdater };
  const metadata = { name: imageUpdater, namespace: argocdNamespace };
  const file = 'registries.conf';
  const args = updaterArguments(options, {
    registriesFile: path.posix.join(settings, file),
    health: `:${healthPort}`,
  });
  // Its file system is its own alone, and nobody's home is there.
  const environment = { HOME: '/tmp', ARGOCD_GPG_ENABLED: 'false', GIT_CONFIG_NOSYSTEM: '1' };
  return [
    { apiVersion: 'v1', kind: 'ConfigMap', metadata, data: { [file]: registries(followed) } },
    {
      apiVersion: 'apps/v1',
      kind: 'Deployment',
      metadata,
      spec: {
        replicas: 1,
        selector: { matchLabels: labels },
        template: {
          metadata: { labels },
          spec: {
            serviceAccountName: imageUpdater,
            containers: [
              {
                name: imageUpdater,
                image: imageUpdaterReference,
                args,
                env: Object.entries(environment).map(([name, value]) => ({ name, value })),
                readinessProbe: { httpGet: { path: '/healthz', port: healthPort } },
                volumeMounts: [{ name: 'settings', mountPath: settings }],
              },
            ],
            volumes: [{ name: 'settings', configMap: { name: imageUpdater } }],
          },
        },
      },
    },
  ];
}
