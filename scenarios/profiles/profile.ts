import { LineCounter, parseDocument, type Document } from 'yaml';
import * as z from 'zod';
import { parseDurationMs } from '../../common/duration.ts';
import { wrongUsage } from '../../common/explained-error.ts';
import { nearestName } from '../../common/nearest-name.ts';

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
  /** How long a simulated pod takes to become ready. */
  podStart: Duration,
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
    const parent = document.getIn(steps.slice(0, length - 1), true) ?? document.contents;
    const items = (
      parent as { items?: readonly { key?: { value?: unknown; range?: [number, number, number] } }[] } | null
    )?.items;
    const start = items?.find(({ key }) => key?.value === steps[length - 1])?.key?.range?.[0];
    if (start !== undefined) {
      const { line, col } = lines.linePos(start);
      return `line ${line}, column ${col}`;
    }
  }
  return 'line 1, column 1';
}

function keysAt(path: readonly PropertyKey[]): string[] {
  const section = path[0] === 'flux' || path[0] === 'argocd' ? Profile.shape[path[0]].shape : Profile.shape;
  return Object.keys(section);
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
  const given = document.toJS() as Partial<Profile> | null;
  if (typeof given !== 'object' || given === null || Array.isArray(given))
    throw wrongUsage(`${file} holds no settings`);
  const merged = {
    ...base,
    ...given,
    flux: { ...base.flux, ...given.flux },
    argocd: { ...base.argocd, ...given.argocd },
  };
  const parsed = Profile.safeParse(merged);
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  if (issue?.code === 'unrecognized_keys') {
    const [key = ''] = issue.keys;
    const known = keysAt([...issue.path, key]);
    const nearest = nearestName(key, known);
    throw wrongUsage(
      `${file}, ${placeOf(document, lines, [...issue.path, key])}: unknown setting "${key}"`,
      nearest === undefined
        ? `known: ${known.join(', ')}`
        : `did you mean "${nearest}"? (known: ${known.join(', ')})`,
    );
  }
  const path = issue?.path ?? [];
  throw wrongUsage(
    `${file}, ${placeOf(document, lines, path)}: ${path.join('.')}: ${issue?.message ?? 'wrong'}`,
    `mend ${file}`,
  );
}
