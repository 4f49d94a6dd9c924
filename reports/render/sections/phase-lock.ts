import type { RootContent } from 'mdast';
import type { Iteration, PhaseKind, Results } from '../../record/schema.ts';
import { describe, type Description } from '../../statistics/describe.ts';
import type { Analysis } from '../analysis.ts';
import { countedIterations, sampleOf } from '../arm.ts';
import { formatCount, formatEstimate, formatInterval } from '../format.ts';
import { heading, paragraph, table } from '../markdown.ts';
import { engineLabels } from '../names.ts';

/** What measuring at once after the engine has settled would have reported, beside the truth; nothing where a run has no such iterations. */
export function phaseLockSection(results: Results, { disturbances, engines }: Analysis): RootContent[] {
  const counted = countedIterations(results).filter(({ repeat }) => repeat === 0);
  if (!counted.some(({ phase }) => phase === 'locked')) return [];
  const rows = disturbances.flatMap((disturbance) =>
    engines.map((engine) => {
      const own = counted.filter((one) => one.disturbance === disturbance && one.engine === engine);
      const [random, locked] = (['random', 'locked'] as const).map((phase) =>
        describePhase(own, phase, results.provenance.seed),
      );
      return [disturbance, engineLabels[engine], ...cells(random), ...cells(locked), factor(random, locked)];
    }),
  );
  return [
    heading(2, 'What naive measuring would have reported'),
    table(
      [
        'Disturbance',
        'Engine',
        'n',
        'Median, random phase',
        'Min to max',
        'n',
        'Median, locked phase',
        'Min to max',
        'Locked over random',
      ],
      rows,
      'No iteration is valid.',
    ),
    paragraph(
      'A locked iteration is disturbed as soon as the engine has settled, as a loop that measures one time after the other does. An ' +
        'engine that works at an interval has just begun a new one then, so that such a loop measures the whole interval each time. ' +
        'Drift in real life comes at any moment: the random phase is what a user meets, and what the rest of this report counts.',
    ),
  ];
}

function describePhase(iterations: readonly Iteration[], phase: PhaseKind, seed: number): Description | null {
  const samples = iterations
    .filter((iteration) => iteration.phase === phase)
    .map((iteration) => sampleOf(iteration, 'restore'))
    .filter((sample) => sample !== null);
  return describe(samples, seed);
}

function cells(description: Description | null | undefined): string[] {
  if (description === null || description === undefined) return ['0', '–', '–'];
  const { median, min, max } = description;
  return [formatCount(description), formatEstimate(median), formatInterval({ low: min, high: max })];
}

function factor(random: Description | null | undefined, locked: Description | null | undefined): string {
  const [truth, naive] = [random?.median, locked?.median];
  if (truth?.relation !== 'equal' || naive?.relation !== 'equal' || truth.valueMs === 0) return '–';
  return `${(naive.valueMs / truth.valueMs).toFixed(2)} ×`;
}
