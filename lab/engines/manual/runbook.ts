import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { parse } from 'yaml';
import * as z from 'zod';
import { ExplainedError, messageOf } from '../../../common/explained-error.ts';

/** What a runbook may have a person run. */
export const runbookPrograms = ['kubectl', 'helm', 'git'] as const;
export type RunbookProgram = (typeof runbookPrograms)[number];

/** The folder of all that is written down for people who recover by hand. */
export const runbooksDirectory = fileURLToPath(new URL('../../../playbooks/runbooks/', import.meta.url));

/** A command without anything that only a shell understands: no shell runs it. */
const Command = z.string().regex(new RegExp(`^(?:${runbookPrograms.join('|')})(?: [\\w@%+=:,./-]+)+$`), {
  error: `write a command of ${runbookPrograms.join(', ')}, in words apart by single blanks`,
});
const Words = z.string().min(1);

const StepOfFile = z.union([
  z.strictObject({ run: Command }).transform(({ run }) => ({ kind: 'run', command: run }) as const),
  z
    .strictObject({ look: Command, shows: Words })
    .transform(({ look, shows }) => ({ kind: 'look', command: look, shows }) as const),
  z
    .strictObject({ decide: Words, answer: Words })
    .transform(({ decide, answer }) => ({ kind: 'decide', question: decide, answer }) as const),
  z
    .strictObject({ verify: Command })
    .transform(({ verify }) => ({ kind: 'verify', command: verify }) as const),
]);

const RunbookFile = z.strictObject({ title: Words, steps: z.array(StepOfFile).min(1) });

/**
 * One step: a command to `run`; a command to `look` at, whose output holds what it `shows` where the runbook fits; a question
 * to `decide`, with the answer on which the runbook goes on; a command that ends well only where it could `verify` what it asks for.
 */
export type RunbookStep = z.infer<typeof StepOfFile>;

/** What a person does, step by step. */
export type Runbook = z.infer<typeof RunbookFile>;

/** The runbook that a text holds. Throws an explained error that names `file` where it is none. */
export function parseRunbook(text: string, file: string): Runbook {
  try {
    return RunbookFile.parse(parse(text));
  } catch (error) {
    const why = error instanceof z.ZodError ? z.prettifyError(error) : messageOf(error);
    throw new ExplainedError({ what: `${file} is no runbook`, why, cause: error });
  }
}

/** Reads `playbooks/runbooks/APPLICATION/NAME.yaml`. Throws an explained error where there is none, or it is wrong. */
export async function readRunbook(application: string, name: string): Promise<Runbook> {
  const file = path.join(runbooksDirectory, application, `${name}.yaml`);
  const shown = `playbooks/runbooks/${application}/${name}.yaml`;
  const text = await readFile(file, 'utf8').catch((error: unknown) => {
    throw new ExplainedError({
      what: `there is no runbook for ${name} of ${application}`,
      why: messageOf(error),
      next: `write ${shown}`,
      cause: error,
    });
  });
  return parseRunbook(text, shown);
}
