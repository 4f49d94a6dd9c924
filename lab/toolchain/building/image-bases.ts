import { mkdir, readFile, readdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { stringify } from 'yaml';
import type { WorkContext } from '../work-context.ts';
import { copyTree } from './copy-tree.ts';
import { useLocalResources } from './flux-manifests.ts';
import { moduleFolders, runGo, type BuildPlace } from './go-command.ts';
import { apiPackage, describedControllers, imageApis, imageDeployment } from './image-controllers.ts';

type Described = (typeof describedControllers)[number];

/** A folder that kustomize takes, of these files. */
async function writeKustomization(directory: string, files: readonly string[]): Promise<void> {
  const kustomization = {
    apiVersion: 'kustomize.config.k8s.io/v1beta1',
    kind: 'Kustomization',
    resources: files,
  };
  await writeFile(path.join(directory, 'kustomization.yaml'), stringify(kustomization));
}

/** Has the CRDs of a controller made from the types of its API. */
async function generateCrds(
  controller: Described,
  directory: string,
  place: BuildPlace,
  context: WorkContext,
): Promise<void> {
  await mkdir(directory, { recursive: true });
  context.show(`making the CRDs of ${controller}`);
  const wanted = ['crd', `paths=${apiPackage(controller)}`, `output:crd:dir=${directory}`];
  await runGo(
    ['tool', imageApis.generator, ...wanted],
    path.join(moduleFolders, imageApis.folder),
    place,
    context,
  );
  await writeKustomization(directory, await readdir(directory));
}

/**
 * Lays out the bases of flux2 for the controllers that Go can't build, with the CRDs of their API and a Deployment of the lab's
 * own, since their modules, which hold both, are on no proxy. Returns the directory that they lie in, each by its name.
 */
export async function layOutImageBases(
  flux: string,
  place: BuildPlace,
  context: WorkContext,
): Promise<string> {
  const bases = path.join(place.scratch, 'image-bases');
  for (const controller of describedControllers) {
    const base = path.join(bases, controller);
    await copyTree(path.join(flux, 'manifests', 'bases', controller), base);
    await generateCrds(controller, path.join(base, 'crd'), place, context);
    const manager = path.join(base, 'manager');
    await mkdir(manager);
    await writeFile(path.join(manager, 'deployment.yaml'), stringify(imageDeployment(controller)));
    await writeKustomization(manager, ['deployment.yaml']);
    const file = path.join(base, 'kustomization.yaml');
    const local = { crds: 'crd', deployment: 'manager' };
    await writeFile(file, useLocalResources(await readFile(file, 'utf8'), local));
  }
  return bases;
}
