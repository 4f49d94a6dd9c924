import type { RootContent } from 'mdast';
import type { Results } from '../../record/schema.ts';
import { describe } from '../../statistics/describe.ts';
import type { Analysis } from '../analysis.ts';
import { countedIterations, sampleOf } from '../arm.ts';
import { formatCount, formatEstimate, formatInterval } from '../format.ts';
import { heading, paragraph, table } from '../markdown.ts';
import { engineLabels } from '../names.ts';

/** How the time to restore grows when the same drift comes again on one revision; nothing where a run repeats none. */
export function backoffSection(results: Results, { disturbances, engines }: Analysis): RootContent[] {
  const counted = countedIterations(results).filter(({ phase }) => phase === 'random');
  const repeats = [...new Set(counted.map(({ repeat }) => repeat))].toSorted((a, b) => a - b);
  if (repeats.length < 2) return [];
  const rows = disturbances.flatMap((disturbance) =>
    engines.flatMap((engine) =>
      repeats.flatMap((repeat) => {
        const own = counted.filter(
          (one) => one.disturbance === disturbance && one.engine === engine && one.repeat === repeat,
        );
        const samples = own.map((one) => sampleOf(one, 'restore')).filter((sample) => sample !== null);
        const description = describe(samples, results.provenance.seed);
        if (description === null) return [];
        const attempts = [...new Set(own.map(({ attemptsBefore }) => attemptsBefore))].join(', ');
        const { median, min, max } = description;
        const range = formatInterval({ low: min, high: max });
        const times = [formatCount(description), formatEstimate(median), range];
        return [[disturbance, engineLabels[engine], String(repeat), attempts, ...times]];
      }),
    ),
  );
  return [
    heading(2, 'The same drift again on one revision'),
    table(
      [
        'Disturbance',
        'Engine',
        'Times before',
        'Attempts counted',
        'n',
        'Median time to restore',
        'Min to max',
      ],
      rows,
      'No iteration is valid.',
    ),
    paragraph(
      'The other tables of this report hold only the first time on each revision. “Attempts counted” is what the engine itself counts ' +
        'towards its backoff when the disturbance comes; an engine that has no backoff always counts none.',
    ),
  ];
}
