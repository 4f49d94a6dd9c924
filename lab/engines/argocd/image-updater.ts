import getPort from 'get-port';
import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { stringify } from 'yaml';
import { parseManifests } from '../../kube/apply.ts';
import type { LiveObject } from '../../kube/objects.ts';
import type { ComponentSpec } from '../../process/component.ts';
import { socketPathFor } from '../../socket-path.ts';
import { fileOf } from '../../toolchain/file-of.ts';
import type { FollowedImage, ManagedApplication } from '../engine.ts';
import type { HostPlace } from './components.ts';
import { imageUpdater } from './image-files.ts';
import { argocdNamespace } from './manifests.ts';
import type { ArgocdOptions } from './options.ts';

const group = 'argocd-image-updater.argoproj.io';

const anything = { type: 'object', 'x-kubernetes-preserve-unknown-fields': true };

/**
 * The kind that it watches (api/v1alpha1 of the Image Updater 1.0). Its own manifests can't be had with the program, so that this
 * definition is the lab's: it takes every field, and sets no defaults.
 */
const definition: LiveObject = {
  apiVersion: 'apiextensions.k8s.io/v1',
  kind: 'CustomResourceDefinition',
  metadata: { name: `imageupdaters.${group}` },
  spec: {
    group,
    scope: 'Namespaced',
    names: {
      kind: 'ImageUpdater',
      listKind: 'ImageUpdaterList',
      plural: 'imageupdaters',
      singular: 'imageupdater',
    },
    versions: [
      {
        name: 'v1alpha1',
        served: true,
        storage: true,
        schema: { openAPIV3Schema: { type: 'object', properties: { spec: anything, status: anything } } },
        subresources: { status: {} },
      },
    ],
  },
};

/** What its code asks of the API server: its own objects, the Applications, the repository's secret, and to tell of what it did. */
function accessObjects(): LiveObject[] {
  const all = ['get', 'list', 'watch', 'create', 'update', 'patch', 'delete'];
  const name = imageUpdater;
  const rbac = 'rbac.authorization.k8s.io';
  const account = { kind: 'ServiceAccount', name, namespace: argocdNamespace };
  return [
    { apiVersion: 'v1', kind: 'ServiceAccount', metadata: { name, namespace: argocdNamespace } },
    {
      apiVersion: `${rbac}/v1`,
      kind: 'ClusterRole',
      metadata: { name },
      rules: [
        {
          apiGroups: [group],
          resources: ['imageupdaters', 'imageupdaters/status', 'imageupdaters/finalizers'],
          verbs: all,
        },
        { apiGroups: ['argoproj.io'], resources: ['applications', 'appprojects'], verbs: all },
        { apiGroups: [''], resources: ['secrets', 'configmaps'], verbs: ['get', 'list', 'watch'] },
        { apiGroups: [''], resources: ['events'], verbs: ['create'] },
      ],
    },
    {
      apiVersion: `${rbac}/v1`,
      kind: 'ClusterRoleBinding',
      metadata: { name },
      roleRef: { apiGroup: rbac, kind: 'ClusterRole', name },
      subjects: [account],
    },
  ];
}

/** Where a chart's values or a kustomization name the image (https://argocd-image-updater.readthedocs.io/en/stable/basics/update-methods/). */
function targetOf({ image, inValues }: FollowedImage) {
  if (inValues === undefined) {
    return { writeBackTarget: 'kustomization', manifestTargets: { kustomize: { name: image } } };
  }
  const spec = `${inValues.chart}.${inValues.key}`;
  return {
    writeBackTarget: 'helmvalues:values.yaml',
    manifestTargets: { helm: { name: spec, tag: spec, spec } },
  };
}

/** Which image of which Application is kept at which tag, and how that is written to Git. */
function updaterObject({ name }: ManagedApplication, followed: FollowedImage): LiveObject {
  const { writeBackTarget, manifestTargets } = targetOf(followed);
  return {
    apiVersion: `${group}/v1alpha1`,
    kind: 'ImageUpdater',
    metadata: { name, namespace: argocdNamespace },
    spec: {
      namespace: argocdNamespace,
      applicationRefs: [
        {
          namePattern: name,
          // With the credentials that Argo CD itself has of the repository.
          writeBackConfig: { method: 'git', gitConfig: { branch: 'main', writeBackTarget } },
          images: [
            {
              alias: 'followed',
              imageName: `${followed.image}:${followed.range}`,
              commonUpdateSettings: { updateStrategy: 'semver', forceUpdate: false },
              manifestTargets,
            },
          ],
        },
      ],
    },
  };
}

/** What has the Image Updater follow an image, in the order in which it is to be applied. */
export function updaterObjects(application: ManagedApplication, followed: FollowedImage): LiveObject[] {
  // The client gives some fields of a definition names of its own, which it knows from reading them alone.
  const read = parseManifests(stringify(definition));
  return [...read, ...accessObjects(), updaterObject(application, followed)];
}

/** The registry, which has no TLS (https://argocd-image-updater.readthedocs.io/en/stable/configuration/registries/). */
export function registries({ image }: FollowedImage): string {
  const [host = ''] = image.split('/', 1);
  return stringify({
    registries: [
      { name: 'lab', prefix: host, api_url: `http://${host}`, ping: true, insecure: true, default: true },
    ],
  });
}

/** What it is told wherever it runs; where the file with the registry is, and where it answers for its health. */
export function updaterArguments(
  { imageInterval }: ArgocdOptions,
  { registriesFile, health }: { readonly registriesFile: string; readonly health: string },
): string[] {
  return [
    'run',
    `--interval=${imageInterval}`,
    `--argocd-namespace=${argocdNamespace}`,
    `--registries-conf-path=${registriesFile}`,
    `--health-probe-bind-address=${health}`,
    // One process: the lease would only delay its start.
    '--leader-election=false',
    `--git-commit-email=${imageUpdater}@lab.invalid`,
  ];
}

/** The Image Updater as a host process, with the rights of its ServiceAccount. */
export async function imageUpdaterComponent(
  { lab, writeKubeconfig, tools }: HostPlace,
  followed: FollowedImage,
  options: ArgocdOptions,
): Promise<ComponentSpec> {
  const files = path.join(lab.directory, imageUpdater);
  const temporary = path.join(files, 'tmp');
  await mkdir(temporary, { recursive: true, mode: 0o700 });
  const registriesFile = path.join(files, 'registries.conf');
  await writeFile(registriesFile, registries(followed), { mode: 0o600 });
  const kubeconfig = await writeKubeconfig(`${imageUpdater}.kubeconfig`, {
    user: `system:serviceaccount:${argocdNamespace}:${imageUpdater}`,
    groups: ['system:serviceaccounts', `system:serviceaccounts:${argocdNamespace}`],
    namespace: argocdNamespace,
  });
  const health = `127.0.0.1:${await getPort({ host: '127.0.0.1' })}`;
  return {
    name: imageUpdater,
    program: fileOf(tools, imageUpdater, imageUpdater),
    args: [...updaterArguments(options, { registriesFile, health }), `--kubeconfig=${kubeconfig}`],
    environment: {
      KUBECONFIG: kubeconfig,
      HOME: files,
      TMPDIR: temporary,
      // Apart from the repo-server's, which asks for passwords in the same way.
      ARGOCD_ASK_PASS_SOCK: socketPathFor(lab.directory, 'image-updater'),
      ARGOCD_GPG_ENABLED: 'false',
      GIT_CONFIG_NOSYSTEM: '1',
    },
  };
}
