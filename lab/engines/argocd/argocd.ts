import type { Engine } from '../engine.ts';
import { imageUpdater, kustomizedFiles } from './image-files.ts';
import {
  applicationFile,
  applicationsPath,
  argocdNamespace,
  fleetPath,
  handedReferences,
  partFiles,
} from './manifests.ts';
import type { ArgocdOptions } from './options.ts';
import { predictArgocd } from './prediction.ts';
import { readApplicationAttempts, readApplicationStatus } from './status.ts';
import { umbrellaFiles } from './umbrella-chart.ts';

/** Argo CD, installed by its own manifests. What installs it is loaded when it is needed. */
export const argocd: Engine<ArgocdOptions> = {
  name: 'argocd',
  title: 'Argo CD',
  tools: ['argocd', 'redis'],
  // Argo Rollouts and others have definitions of the same group (https://github.com/argoproj/argo-cd/tree/master/manifests/crds).
  footprint: {
    namespaces: [argocdNamespace],
    definitions: ['applications.argoproj.io', 'applicationsets.argoproj.io', 'appprojects.argoproj.io'],
    partsOf: ['argocd'],
    objects: [],
  },
  fleet: {
    root: { name: 'fleet', namespace: argocdNamespace, path: fleetPath },
    filesOf: applicationFile,
    partFiles,
    statusPath: applicationsPath,
    readStatus: readApplicationStatus,
    readAttempts: readApplicationAttempts,
  },
  // The parts for notifications and webhooks are the same program.
  featureTools: {
    helm: ['helm'],
    images: ['kustomize', imageUpdater],
    kustomize: ['kustomize'],
    notifications: [],
    ordering: [],
    webhooks: [],
  },
  chartFiles: umbrellaFiles,
  imageFiles: kustomizedFiles,
  install: async (context) => (await import('./install.ts')).installArgocd(context),
  adoption: {
    namespace: argocdNamespace,
    workloads: ['statefulsets/argocd-application-controller', 'deployments/argocd-repo-server'],
    objectsFor: handedReferences,
    adopt: async (context) => (await import('./adopt.ts')).adoptArgocd(context),
  },
  predict: predictArgocd,
};
