import { stringify } from 'yaml';
import type { FollowedImage, ManagedApplication } from '../engine.ts';
import { clusterPath, fluxNamespace } from './manifests.ts';
import type { FluxOptions } from './options.ts';

const apiVersion = 'image.toolkit.fluxcd.io/v1';

/** Who signs what the automation writes; `.invalid` is reserved by RFC 2606. */
const author = { name: 'fluxcdbot', email: 'fluxcdbot@lab.invalid' };

/** Reads the tags, and keeps them for the policy (https://fluxcd.io/flux/components/image/imagerepositories/). */
function repositoryOf(name: string, { image }: FollowedImage, { imageInterval }: FluxOptions) {
  return {
    apiVersion,
    kind: 'ImageRepository',
    metadata: { name, namespace: fluxNamespace },
    // The lab's registry is on the loopback, without TLS.
    spec: { image, interval: imageInterval, insecure: true },
  };
}

/** Says which tag is the one to have (https://fluxcd.io/flux/components/image/imagepolicies/). */
function policyOf(name: string, { range }: FollowedImage) {
  return {
    apiVersion,
    kind: 'ImagePolicy',
    metadata: { name, namespace: fluxNamespace },
    spec: { imageRepositoryRef: { name }, policy: { semver: { range } } },
  };
}

/** Writes it where the marks are, and pushes (https://fluxcd.io/flux/components/image/imageupdateautomations/). */
function automationOf({ name, path }: ManagedApplication, { imageInterval }: FluxOptions) {
  return {
    apiVersion,
    kind: 'ImageUpdateAutomation',
    metadata: { name, namespace: fluxNamespace },
    spec: {
      interval: imageInterval,
      sourceRef: { kind: 'GitRepository', name: fluxNamespace },
      git: {
        checkout: { ref: { branch: 'main' } },
        commit: { author, messageTemplate: `Have ${name} run its newest image` },
        push: { branch: 'main' },
      },
      update: { path: `./${path}`, strategy: 'Setters' },
    },
  };
}

/** What has Flux follow an image, as a file of the cluster's folder. */
export function automationFile(
  application: ManagedApplication,
  image: FollowedImage,
  options: FluxOptions,
): Record<string, string> {
  const { name } = application;
  const objects = [
    repositoryOf(name, image, options),
    policyOf(name, image),
    automationOf(application, options),
  ];
  const file = `${clusterPath(application)}/${name}-image.yaml`;
  return { [file]: objects.map((object) => stringify(object)).join('---\n') };
}

/** Puts Flux's mark behind every line that names the image with its tag, in a manifest or in a HelmRelease's values. */
export function markedFiles(
  { name }: ManagedApplication,
  { image }: FollowedImage,
  files: Readonly<Record<string, string>>,
): Record<string, string> {
  const mark = `# {"$imagepolicy": "${fluxNamespace}:${name}"}`;
  const mayBe = (line: string): boolean => line.split(': ').at(-1)?.startsWith(`${image}:`) === true;
  const marked = (text: string): string =>
    text
      .split('\n')
      .map((line) => (mayBe(line) ? `${line} ${mark}` : line))
      .join('\n');
  return Object.fromEntries(Object.entries(files).map(([file, text]) => [file, marked(text)]));
}

/** Where the settings of the automation are read back. */
export const automationPaths = {
  ImageRepository: `/apis/${apiVersion}/namespaces/${fluxNamespace}/imagerepositories`,
  ImageUpdateAutomation: `/apis/${apiVersion}/namespaces/${fluxNamespace}/imageupdateautomations`,
} as const;
