import type { BlockContent, RootContent } from 'mdast';
import { checkedSummary, type CheckedThreshold } from '../../thresholds/check.ts';
import { heading, inlineCode, paragraph, strong, table } from '../markdown.ts';

const words = { held: 'held', broken: 'broken', 'not-decided': 'not decided' } as const;

/** Which thresholds held; nothing where none was asked for. */
export function thresholdsSection(checked: readonly CheckedThreshold[]): RootContent[] {
  if (checked.length === 0) return [];
  return [heading(2, 'Thresholds'), paragraph(strong(checkedSummary(checked))), thresholdsTable(checked)];
}

function thresholdsTable(checked: readonly CheckedThreshold[]): BlockContent {
  return table(
    ['Threshold', 'Outcome', 'Measured'],
    checked.map(({ name, outcome, measured, why }) => [
      inlineCode(name),
      words[outcome],
      why === '' ? measured : `${measured}: ${why}`,
    ]),
    '',
  );
}
