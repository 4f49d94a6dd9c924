import { ExplainedError } from '../../../common/explained-error.ts';

/** Where a part of a document begins and ends; what stands between the two lines is the program's. */
interface Markers {
  readonly begin: string;
  readonly end: string;
}

/** What stands between the markers of a scenario's results, in words. */
export function resultsOf(scenario: string): string {
  return `results of ${scenario}`;
}

/** The lines between which something stands: `results of drift-recovery`. */
export function markersOf(subject: string): Markers {
  return {
    begin: `<!-- gitops-lab: ${subject} begin -->`,
    end: `<!-- gitops-lab: ${subject} end -->`,
  };
}

/** A part of a document with its markers around it. Formatters would change it, and the next rendering change it back. */
export function markedPart(subject: string, part: string): string {
  const { begin, end } = markersOf(subject);
  return `${begin}\n<!-- prettier-ignore-start -->\n\n${part.trim()}\n\n<!-- prettier-ignore-end -->\n${end}`;
}

export interface Place {
  readonly before: string;
  /** What stood between the markers. */
  readonly part: string;
  readonly after: string;
}

/** Finds the part of a document. Throws an explained error where the markers are not there once each, in order; `file` is named in it. */
export function findPart(text: string, subject: string, file: string): Place {
  const { begin, end } = markersOf(subject);
  const [before = '', rest, ...more] = text.split(begin);
  const [part = '', after, ...others] = (rest ?? '').split(end);
  if (rest !== undefined && after !== undefined && more.length + others.length === 0 && !before.includes(end))
    return { before, part, after };
  const isNowhere = !text.includes(begin) && !text.includes(end);
  throw new ExplainedError({
    what: `${file} does not say where the ${subject} go`,
    why: isNowhere
      ? 'the two lines between which they stand are not in it'
      : 'the lines between which they stand have to be there once each, the one that begins them first',
    next: `put these two lines where you want them:\n${begin}\n${end}`,
    exitCode: 2,
  });
}
