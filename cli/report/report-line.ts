import path from 'node:path';
import { shortPath, type Surroundings } from '../surroundings.ts';

/** Where a report lies, in a line that begins with what it is: the first of its files by its path, the second as what lies beside it. */
export function reportLine(
  [first = '', second]: readonly string[],
  surroundings: Surroundings,
  what = 'report',
): string {
  const beside = second === undefined ? '' : `, and ${path.basename(second)} beside it`;
  return `${what}: ${shortPath(first, surroundings)}${beside}`;
}
