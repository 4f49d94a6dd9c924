import type { Profile } from './profile.ts';

/** Both engines tuned alike, with intervals so short that a run takes minutes: the default. */
const matched: Profile = {
  name: 'matched',
  iterations: 6,
  warmups: 1,
  maxReplacements: 12,
  timeout: '2m',
  hold: '1s',
  phaseMax: '2s',
  phase: 'random',
  repeats: 0,
  podStart: '500ms',
  limits: { loadPerCore: 4, stealShare: 0.1, heldUp: '250ms' },
  flux: {
    sourceInterval: '2s',
    applyInterval: '2s',
    retryInterval: '2s',
    timeout: '30s',
    wait: true,
    prune: true,
    imageInterval: '2s',
  },
  argocd: {
    reconciliationTimeout: '2s',
    reconciliationJitter: '0s',
    selfHeal: true,
    prune: true,
    imageInterval: '2s',
    retry: { limit: 3, duration: '2s', factor: 1, maxDuration: '2s' },
  },
};

/**
 * What `flux bootstrap` and the install manifests of Argo CD leave behind: the GitRepository at 1 minute and the
 * Kustomization at 10 (flux2, pkg/manifestgen/sync), the resync at 120 s with 60 s of jitter (Argo CD, argocd-cm).
 * `timeout` of the Kustomization is Flux's own default, the interval less 30 s. Image tags are read every minute
 * (`flux create image repository`) and every two (Image Updater, cmd/run.go).
 */
const upstream: Profile = {
  ...matched,
  name: 'upstream',
  timeout: '15m',
  phaseMax: '10m',
  flux: {
    sourceInterval: '1m',
    applyInterval: '10m',
    retryInterval: '10m',
    timeout: '9m30s',
    wait: true,
    prune: true,
    imageInterval: '1m',
  },
  argocd: {
    reconciliationTimeout: '120s',
    reconciliationJitter: '60s',
    selfHeal: true,
    prune: true,
    imageInterval: '2m',
  },
};

/**
 * Studies Argo CD's self-heal backoff: the same drift five times on one revision. Before the attempts, 0, 2, 6, 18 and 54
 * seconds must have passed since the last one (Argo CD, cmd/argocd-application-controller: 2 s, times 3, up to 300 s).
 */
const backoff: Profile = { ...matched, name: 'backoff', only: ['scale-up'], iterations: 3, repeats: 4 };

/** Shows what naive measuring reports: disturbed as soon as the engine has settled, beside a random phase. */
const phaseLocked: Profile = {
  ...matched,
  name: 'phase-locked',
  only: ['delete-configmap'],
  iterations: 10,
  phase: 'both',
  phaseMax: '10s',
  flux: { ...matched.flux, applyInterval: '10s', retryInterval: '10s' },
};

/** Both engines look at Git every 30 seconds, so that a webhook has something to save. */
const polling: Profile = {
  ...matched,
  name: 'polling',
  iterations: 5,
  phaseMax: '30s',
  flux: { ...matched.flux, sourceInterval: '30s' },
  argocd: { ...matched.argocd, reconciliationTimeout: '30s' },
};

/** The profiles that come with the program, the default first. */
export const builtInProfiles: readonly [Profile, ...Profile[]] = [
  matched,
  upstream,
  backoff,
  phaseLocked,
  polling,
];
