import { appendFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import * as z from 'zod';
import { ExplainedError } from '../../common/explained-error.ts';

/** The reference's first line: it follows the object from now on. */
const Ready = z.strictObject({
  type: z.literal('ready'),
  seed: z.int().nonnegative(),
  delayMinMs: z.number(),
  delayMaxMs: z.number(),
});

/** When a request was handed to the system, and when its answer arrived. */
const exchange = { sentAtMs: z.number(), answeredAtMs: z.number() };

/** The harness's own request to delete the object; all times are of the machine's monotonic clock. */
const Deletion = z.strictObject({
  type: z.literal('deletion'),
  /** Of the object that was deleted. */
  uid: z.string(),
  ...exchange,
});
export type Deletion = z.infer<typeof Deletion>;

/** What the reference did about a deletion. */
const Restoration = z.strictObject({
  type: z.literal('restoration'),
  /** Of the object that was deleted. */
  uid: z.string(),
  /** When the reference's own watch told it of the deletion. */
  toldAtMs: z.number(),
  /** The delay that was drawn. */
  delayMs: z.number(),
  /** Of its request to create the object. */
  ...exchange,
  /** When its own watch told it that the object is there. */
  seenAtMs: z.number(),
});
export type Restoration = z.infer<typeof Restoration>;

const Line = z.discriminatedUnion('type', [Ready, Deletion, Restoration]);

/** One line of truth.jsonl. */
export type TruthLine = z.infer<typeof Line>;

/** Appends a line to a truth.jsonl; both the reference and the harness write to it. */
export function writeTruth(file: string, line: TruthLine): void {
  appendFileSync(file, `${JSON.stringify(line)}\n`);
}

/** The lines of a truth.jsonl; a last one that was cut off is left out. Throws an explained error for any other that is wrong. */
export function parseTruth(text: string): TruthLine[] {
  const whole = text.split('\n').slice(0, -1);
  return whole.map((line, index) => {
    const parsed = Line.safeParse(JSON.parse(line));
    if (parsed.success) return parsed.data;
    throw new ExplainedError({
      what: `line ${index + 1} of truth.jsonl is not the reference's`,
      why: z.prettifyError(parsed.error),
    });
  });
}

/** What is known of one deletion and its restoration, from those who sent the requests. */
export interface Truth {
  readonly deletion: Deletion;
  readonly restoration: Restoration;
}

/** The truth by the UID of the deleted object; one of which a part is missing is left out. */
export function truthByUid(lines: readonly TruthLine[]): ReadonlyMap<string, Truth> {
  const restorations = new Map(
    lines.flatMap((line) => (line.type === 'restoration' ? [[line.uid, line] as const] : [])),
  );
  return new Map(
    lines.flatMap((line) => {
      const restoration = line.type === 'deletion' ? restorations.get(line.uid) : undefined;
      return line.type === 'deletion' && restoration !== undefined
        ? [[line.uid, { deletion: line, restoration }] as const]
        : [];
    }),
  );
}

/** The truth so far; empty where the reference has written nothing yet. */
export async function readTruth(file: string): Promise<TruthLine[]> {
  return parseTruth(await readFile(file, 'utf8').catch(() => ''));
}
