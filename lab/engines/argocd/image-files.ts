import path from 'node:path';
import { stringify } from 'yaml';
import type { FollowedImage, ManagedApplication } from '../engine.ts';

/** Its program, and what its objects are named. */
export const imageUpdater = 'argocd-image-updater';

/** The tag that a file gives the image; undefined where it names none. */
function tagIn(text: string, image: string): string | undefined {
  const [, after] = text.split(`${image}:`, 2);
  return /^[\w.-]+/.exec(after ?? '')?.[0];
}

/**
 * The Image Updater writes to the kustomization of a folder or to the values of a chart, and to no manifest: a folder of manifests
 * becomes one of Kustomize, which sets the tag; a chart stays as it is.
 */
export function kustomizedFiles(
  { path: folder }: ManagedApplication,
  { image, inValues }: FollowedImage,
  files: Readonly<Record<string, string>>,
): Record<string, string> {
  const newTag = Object.values(files)
    .map((text) => tagIn(text, image))
    .find((tag) => tag !== undefined);
  if (inValues !== undefined) return { ...files };
  const kustomization = {
    apiVersion: 'kustomize.config.k8s.io/v1beta1',
    kind: 'Kustomization',
    resources: Object.keys(files).map((file) => path.posix.relative(folder, file)),
    ...(newTag === undefined ? {} : { images: [{ name: image, newTag }] }),
  };
  return { ...files, [`${folder}/kustomization.yaml`]: stringify(kustomization) };
}
