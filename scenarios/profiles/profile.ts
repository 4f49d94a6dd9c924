import { isMap, isScalar, LineCounter, parseDocument, type Document } from 'yaml';
import * as z from 'zod';
import { parseDurationMs } from '../../common/duration.ts';
import { wrongUsage } from '../../common/explained-error.ts';
import { suggestName } from '../../common/nearest-name.ts';

const Duration = z.string().refine(
  (text) => {
    try {
      return parseDurationMs(text, 'it') > 0;
    } catch {
      return false;
    }
  },
  { error: 'write a duration as 30s, 5m or 1h30m' },
);

/** How the engines are tuned and how a run is made. Durations are written as Go writes them. */
export const Profile = z.strictObject({
  /** Shown in reports. */
  name: z.string().min(1),
  /** The disturbances to make where the command line names none; all of them where it is left out. */
  only: z.array(z.string()).min(1).optional(),
  /** What a run is held against when it ends: `flux.drift.delete-service.timeToRestore.p95 < 30s`. */
  thresholds: z.array(z.string()).optional(),
  /** Measured iterations of each disturbance for each engine. */
  iterations: z.int().min(1).max(10_000),
  /** Iterations at the start of each engine's trial that count for nothing. */
  warmups: z.int().min(0).max(100),
  /** How many invalid iterations of an engine may be replaced. */
  maxReplacements: z.int().min(0).max(1000),
  /** After which an object that is not restored counts as not corrected. */
  timeout: Duration,
  /** How long a recovery must last to count. */
  hold: Duration,
  /** The random wait before a disturbance is uniform over 0 to this; the longest interval of both engines. */
  phaseMax: Duration,
  /** `random`: after a random wait; `both`: as often at once, as naive measuring does, to set the two side by side. */
  phase: z.enum(['random', 'both']),
  /** How often a disturbance is made again on the same revision, to study an engine's backoff. */
  repeats: z.int().min(0).max(20),
  /** How long a simulated pod takes to become ready. */
  podStart: Duration,
  /** Beyond these the machine is too busy, and an iteration is invalid. */
  limits: z.strictObject({
    /** Of the load average, for each core. */
    loadPerCore: z.number().positive(),
    /** The share of its time that a virtual machine may be kept waiting by its host. */
    stealShare: z.number().positive().max(1),
    /** How long the harness may be kept from reading an event. */
    heldUp: Duration,
  }),
  flux: z.strictObject({
    sourceInterval: Duration,
    applyInterval: Duration,
    retryInterval: Duration,
    timeout: Duration,
    wait: z.boolean(),
    prune: z.boolean(),
  }),
  argocd: z.strictObject({
    reconciliationTimeout: Duration,
    reconciliationJitter: z.union([z.literal('0s'), Duration]),
    selfHeal: z.boolean(),
    prune: z.boolean(),
    retry: z
      .strictObject({
        limit: z.int().min(-1),
        duration: Duration,
        factor: z.int().min(1),
        maxDuration: Duration,
      })
      .optional(),
  }),
});
export type Profile = z.infer<typeof Profile>;

function placeOf(document: Document, lines: LineCounter, path: readonly PropertyKey[]): string {
  const steps = path.filter((step) => typeof step !== 'symbol');
  for (let length = steps.length; length > 0; length -= 1) {
    const parent: unknown = document.getIn(steps.slice(0, length - 1), true);
    const keys = isMap(parent) ? parent.items.map(({ key }) => key).filter((key) => isScalar(key)) : [];
    const start = keys.find(({ value }) => value === steps[length - 1])?.range?.[0];
    if (start !== undefined) {
      const { line, col } = lines.linePos(start);
      return `line ${line}, column ${col}`;
    }
  }
  return 'line 1, column 1';
}

type Schema = z.core.$ZodType;

function shapeOf(schema: Schema | undefined): Readonly<Record<string, Schema>> {
  const section = schema instanceof z.ZodOptional ? schema.unwrap() : schema;
  return section instanceof z.ZodObject ? section.shape : {};
}

/** The settings of the section that a path names. */
function keysAt(path: readonly PropertyKey[]): string[] {
  return Object.keys(
    shapeOf(path.reduce<Schema | undefined>((outer, step) => shapeOf(outer)[String(step)], Profile)),
  );
}

function isSection(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

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
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines });
  const [syntax] = document.errors;
  if (syntax !== undefined)
    throw wrongUsage(`${file} is not YAML: ${syntax.message.split('\n')[0] ?? ''}`, `mend ${file}`);
  const given = document.toJS() as unknown;
  if (!isSection(given)) throw wrongUsage(`${file} holds no settings`);
  const parsed = Profile.safeParse(merged(base, given));
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  if (issue?.code === 'unrecognized_keys') {
    const [key = ''] = issue.keys;
    throw wrongUsage(
      `${file}, ${placeOf(document, lines, [...issue.path, key])}: unknown setting "${key}"`,
      suggestName(key, keysAt(issue.path)),
    );
  }
  const path = issue?.path ?? [];
  throw wrongUsage(
    `${file}, ${placeOf(document, lines, path)}: ${path.join('.')}: ${issue?.message ?? 'wrong'}`,
    `mend ${file}`,
  );
}
