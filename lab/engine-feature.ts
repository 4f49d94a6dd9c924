/** What a scenario may want of an engine, besides keeping plain manifests of Git. */
export const engineFeatures = [
  'helm',
  'images',
  'kustomize',
  'notifications',
  'ordering',
  'webhooks',
] as const;

export type EngineFeature = (typeof engineFeatures)[number];
