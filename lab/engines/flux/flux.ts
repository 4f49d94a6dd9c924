import type { Engine } from '../engine.ts';
import { baseControllers, featureControllers } from './controllers.ts';
import { helmReleaseFiles } from './helm-release.ts';
import { markedFiles } from './image-automation.ts';
import {
  applicationFile,
  fluxNamespace,
  fluxRoot,
  handedReferences,
  kustomizationPath,
  partFiles,
} from './manifests.ts';
import type { FluxOptions } from './options.ts';
import { predictFlux } from './prediction.ts';
import { readKustomizationAttempts, readKustomizationStatus } from './status.ts';

/** Flux, installed by its own bootstrap. What installs it is loaded when it is needed. */
export const flux: Engine<FluxOptions> = {
  name: 'flux',
  title: 'Flux',
  tools: ['flux', ...baseControllers],
  // Labels of the manifests that flux install --export writes.
  footprint: {
    namespaces: [fluxNamespace],
    definitions: ['.toolkit.fluxcd.io'],
    partsOf: ['flux'],
    objects: [],
  },
  featureTools: featureControllers,
  fleet: {
    root: fluxRoot,
    filesOf: (application, _, options) => applicationFile(application, options),
    partFiles: (parts, _, options) => partFiles(parts, options),
    statusPath: kustomizationPath,
    readStatus: readKustomizationStatus,
    readAttempts: readKustomizationAttempts,
  },
  chartFiles: helmReleaseFiles,
  imageFiles: markedFiles,
  install: async (context) => (await import('./install.ts')).installFlux(context),
  adoption: {
    namespace: fluxNamespace,
    workloads: baseControllers.map((name) => `deployments/${name}`),
    objectsFor: handedReferences,
    adopt: async (context) => (await import('./adopt.ts')).adoptFlux(context),
  },
  predict: predictFlux,
};
