import { styleText } from 'node:util';

/** One thing that the doctor looked at. */
export interface Finding {
  /** `bad`: the default scenario can't run; `warning`: it can, with a drawback. */
  readonly mark: 'good' | 'warning' | 'bad';
  readonly text: string;
  /** What to do about it. */
  readonly remedy?: string;
}

const signs = { good: '✔', warning: '!', bad: '✘' } as const;
const colours = { good: 'green', warning: 'yellow', bad: 'red' } as const;

/** Findings as lines, each with its remedy below it. */
export function findingLines(findings: readonly Finding[], isColoured: boolean): string[] {
  const sign = (mark: Finding['mark']): string =>
    isColoured ? styleText(colours[mark], signs[mark], { validateStream: false }) : signs[mark];
  return findings.flatMap(({ mark, text, remedy }) => [
    `${sign(mark)} ${text}`,
    ...(remedy === undefined ? [] : [`    ${remedy}`]),
  ]);
}
