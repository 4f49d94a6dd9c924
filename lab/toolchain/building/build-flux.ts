import { mkdir, readFile, readdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { execa } from 'execa';
import type { GoPin } from '../pin.ts';
import { goPinOf } from '../pins.ts';
import type { WorkContext } from '../work-context.ts';
import { explainBuildFailure } from './build-failure.ts';
import { compile } from './build-programs.ts';
import { copyTree } from './copy-tree.ts';
import { serveVersion1, useLocalResources } from './flux-manifests.ts';
import { moduleDirectory, type BuildPlace } from './go-command.ts';
import { layOutImageBases } from './image-bases.ts';
import { describedControllers } from './image-controllers.ts';

/** The components whose manifests are embedded: those that the lab runs, and that Go builds. */
export const embeddedControllers = [
  'source-controller',
  'kustomize-controller',
  'helm-controller',
  'notification-controller',
] as const;

type EmbeddedController = (typeof embeddedControllers)[number];

/** How Go builds a controller whose manifests are embedded. */
export function embeddedPin(controller: EmbeddedController): GoPin {
  return goPinOf(controller, 'the flux program embeds its manifests');
}

/** Files that flux2's manifests/scripts/bundle.sh makes besides those of the controllers. */
const sharedManifests = ['rbac', 'policies'] as const;

async function rewriteFile(file: string, rewrite: (text: string) => string): Promise<void> {
  await writeFile(file, rewrite(await readFile(file, 'utf8')));
}

/** Lays out a controller's base of flux2 with the CRDs and the Deployment of the controller that the lab builds. */
async function layOutBase(
  controller: EmbeddedController,
  directories: { flux: string; base: string },
  place: BuildPlace,
  context: WorkContext,
): Promise<void> {
  const { module, folder } = embeddedPin(controller);
  const upstream = await moduleDirectory(module, folder, place, context);
  await copyTree(path.join(directories.flux, 'manifests', 'bases', controller), directories.base);
  await copyTree(path.join(upstream, 'config', 'crd'), path.join(directories.base, 'crd'));
  await copyTree(path.join(upstream, 'config', 'manager'), path.join(directories.base, 'manager'));
  await rewriteFile(path.join(directories.base, 'kustomization.yaml'), (text) =>
    useLocalResources(text, { crds: 'crd', deployment: 'manager' }),
  );
  // Only its CRDs are written by one controller and watched by others, of other releases.
  if (controller !== 'source-controller') return;
  const crds = path.join(directories.base, 'crd', 'bases');
  for (const name of await readdir(crds)) await rewriteFile(path.join(crds, name), serveVersion1);
}

/** What flux2's release process makes before it builds, for the controllers that the lab builds. */
async function makeManifests(
  flux: string,
  kustomize: string,
  place: BuildPlace,
  context: WorkContext,
): Promise<void> {
  const target = path.join(flux, 'cmd', 'flux', 'manifests');
  await mkdir(target, { recursive: true });
  const kustomizeInto = async (directory: string, name: string): Promise<void> => {
    context.show(`making the manifests of ${name}`);
    const result = await execa(kustomize, ['build', directory], {
      reject: false,
      cancelSignal: context.signal,
    });
    context.signal.throwIfAborted();
    if (result.failed) throw explainBuildFailure(place.name, [result.stderr], place.logFile);
    await writeFile(path.join(target, `${name}.yaml`), `${result.stdout}\n`);
  };
  for (const controller of embeddedControllers) {
    const base = path.join(place.scratch, 'bases', controller);
    await layOutBase(controller, { flux, base }, place, context);
    await kustomizeInto(base, controller);
  }
  const imageBases = await layOutImageBases(flux, place, context);
  for (const name of describedControllers) await kustomizeInto(path.join(imageBases, name), name);
  for (const name of sharedManifests) await kustomizeInto(path.join(flux, 'manifests', name), name);
}

/**
 * Builds the flux program from a copy of its module, with the manifests embedded that its release process would
 * make: those of the controllers that the lab builds, so that what is installed is what runs, and those of the image
 * controllers, which a user can bring.
 */
export async function buildFlux(
  pin: GoPin,
  kustomize: string,
  target: string,
  place: BuildPlace,
  context: WorkContext,
): Promise<void> {
  const source = await moduleDirectory(pin.module, pin.folder, place, context);
  const copy = path.join(place.scratch, 'flux');
  await copyTree(source, copy);
  await makeManifests(copy, kustomize, place, context);
  await compile(pin, copy, target, place, context);
}
