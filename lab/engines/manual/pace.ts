import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { parse } from 'yaml';
import * as z from 'zod';
import { runbooksDirectory, type RunbookStep } from './runbook.ts';

const Positive = z.number().positive();

/** How fast a person works; where each figure is from stands in the file itself. */
export const Pace = z.strictObject({
  secondsPerCharacter: Positive,
  secondsPerMentalAct: Positive,
  wordsPerMinute: Positive,
  longestReadingSeconds: Positive,
  secondsPerDecision: Positive,
});
export type Pace = z.infer<typeof Pace>;

/** Reads `playbooks/runbooks/pace.yaml`. Throws where it is not as it has to be. */
export async function readPace(): Promise<Pace> {
  return Pace.parse(parse(await readFile(path.join(runbooksDirectory, 'pace.yaml'), 'utf8')));
}

function countWords(text: string): number {
  return text.split(/\s+/).filter((word) => word !== '').length;
}

function readingSeconds(text: string, { wordsPerMinute, longestReadingSeconds }: Pace): number {
  return Math.min(longestReadingSeconds, (countWords(text) / wordsPerMinute) * 60);
}

/** To think of it once, to type it, and to press Enter. */
function typingSeconds(command: string, { secondsPerMentalAct, secondsPerCharacter }: Pace): number {
  return secondsPerMentalAct + (command.length + 1) * secondsPerCharacter;
}

/** What a person needs for a step, in milliseconds, besides waiting for the command; `output` is what the command said. */
export function personMs(step: RunbookStep, output: string, pace: Pace): number {
  switch (step.kind) {
    case 'run':
    case 'verify':
      return typingSeconds(step.command, pace) * 1000;
    case 'look':
      return (typingSeconds(step.command, pace) + readingSeconds(output, pace)) * 1000;
    case 'decide':
      return (readingSeconds(step.question, pace) + pace.secondsPerDecision) * 1000;
  }
}
