import * as z from 'zod';
import { parseDurationMs } from '../../common/duration.ts';
import { isSection, readSettings } from '../settings/read-settings.ts';

const Duration = z
  .string()
  .refine(
    (text) => {
      try {
        return parseDurationMs(text, 'it') > 0;
      } catch {
        return false;
      }
    },
    { error: 'write a duration as 30s, 5m or 1h30m' },
  )
  // For editors, which know patterns alone.
  .meta({ pattern: String.raw`^(\d+(\.\d+)?(ms|s|m|h))+$` });

const Limits = z
  .strictObject({
    loadPerCore: z.number().positive().describe('Of the load average of the last minute, for each core.'),
    stealShare: z
      .number()
      .positive()
      .max(1)
      .describe('The share of its time that a virtual machine may be kept waiting by its host.'),
    heldUp: Duration.describe('How long the harness may be kept from reading an event.'),
  })
  .describe('Beyond these the machine is too busy, and an iteration is invalid.');

const Flux = z
  .strictObject({
    sourceInterval: Duration.describe('`spec.interval` of the GitRepository: how often Flux looks at Git.'),
    applyInterval: Duration.describe(
      '`spec.interval` of the Kustomization: how often Flux compares the cluster with Git, and corrects it.',
    ),
    retryInterval: Duration.describe(
      '`spec.retryInterval` of the Kustomization: when it tries again after a failure.',
    ),
    timeout: Duration.describe(
      '`spec.timeout` of the Kustomization: how long it waits for what it applied to be ready.',
    ),
    wait: z
      .boolean()
      .describe('`spec.wait` of the Kustomization: whether it waits for what it applied to be ready.'),
    prune: z
      .boolean()
      .describe('`spec.prune` of the Kustomization: whether it removes what Git no longer has.'),
    imageInterval: Duration.describe(
      "`spec.interval` of an image's ImageRepository and of the ImageUpdateAutomation: how often Flux reads its tags, and looks whether it has to commit.",
    ),
  })
  .describe('How Flux is tuned.');

const ArgoCdRetry = z
  .strictObject({
    limit: z.int().min(-1).describe('How often a failed sync is tried again; -1 is without end.'),
    duration: Duration.describe('The wait before the first retry.'),
    factor: z.int().min(1).describe('By how much each wait is longer than the one before.'),
    maxDuration: Duration.describe('The longest wait between two retries.'),
  })
  .describe('`spec.syncPolicy.retry` of the Application.');

const ArgoCd = z
  .strictObject({
    reconciliationTimeout: Duration.describe(
      '`timeout.reconciliation` of argocd-cm: how often Argo CD looks at Git and compares.',
    ),
    reconciliationJitter: z
      .union([z.literal('0s'), Duration])
      .describe('`timeout.reconciliation.jitter` of argocd-cm: up to how much is added to that at random.'),
    selfHeal: z
      .boolean()
      .describe('`spec.syncPolicy.automated.selfHeal` of the Application: whether drift is corrected.'),
    prune: z
      .boolean()
      .describe(
        '`spec.syncPolicy.automated.prune` of the Application: whether what Git no longer has is removed.',
      ),
    imageInterval: Duration.describe(
      '`--interval` of the Image Updater: how often it reads the tags of an image, and commits.',
    ),
    retry: ArgoCdRetry.optional(),
  })
  .describe('How Argo CD is tuned.');

/** How the engines are tuned and how a run is made. Durations are written as Go writes them; the rest is in the descriptions. */
export const Profile = z.strictObject({
  name: z.string().min(1).describe('Shown in reports.'),
  only: z
    .array(z.string())
    .min(1)
    .optional()
    .describe(
      'The disturbances to make where the command line names none; all of them where it is left out.',
    ),
  thresholds: z
    .array(z.string())
    .optional()
    .describe(
      'What a run must keep to, such as `flux.drift.delete-service.timeToRestore.p95 < 30s`; docs/thresholds.md explains them.',
    ),
  iterations: z.int().min(1).max(10_000).describe('Measured iterations of each disturbance for each engine.'),
  warmups: z
    .int()
    .min(0)
    .max(100)
    .describe("Iterations at the start of each engine's trial that count for nothing."),
  maxReplacements: z
    .int()
    .min(0)
    .max(1000)
    .describe('How many invalid iterations of an engine may be replaced.'),
  timeout: Duration.describe('After which an object that is not restored counts as not corrected.'),
  hold: Duration.describe('How long a recovery must last to count.'),
  phaseMax: Duration.describe(
    'The random wait before a disturbance is uniform over 0 to this; the longest interval of both engines.',
  ),
  phase: z
    .enum(['random', 'both'])
    .describe(
      '`random`: after a random wait; `both`: as often at once, as naive measuring does, to set the two side by side.',
    ),
  repeats: z
    .int()
    .min(0)
    .max(20)
    .describe("How often a disturbance is made again on the same revision, to study an engine's backoff."),
  podStart: Duration.describe('How long a simulated pod takes to become ready.'),
  limits: Limits,
  flux: Flux,
  argocd: ArgoCd,
});
export type Profile = z.infer<typeof Profile>;

/** `given` over `base`, section by section; an empty section is as one that is left out. */
function merged(base: unknown, given: unknown): unknown {
  if (!isSection(base)) return given;
  if (given === null || given === undefined) return base;
  if (!isSection(given)) return given;
  const changed = Object.entries(given).map(([key, value]) => [key, merged(base[key], value)] as const);
  return { ...base, ...Object.fromEntries(changed) };
}

/**
 * Reads a profile from YAML; `file` names it in messages. What it leaves out is taken from `base`.
 * Throws an explained error that gives line and column of the first thing that is wrong.
 */
export function parseProfile(text: string, file: string, base: Profile): Profile {
  return readSettings({ text, file, complete: (given) => merged(base, given) }, Profile).value;
}
