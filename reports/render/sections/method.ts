import type { RootContent } from 'mdast';
import { formatDuration } from '../../../common/duration.ts';
import type { Results, Shard } from '../../record/schema.ts';
import { instrumentSentence } from '../calibration/words.ts';
import { codeBlock, heading, inlineCode, paragraph } from '../markdown.ts';

/** How the figures came about, and how to repeat the run. */
export function methodSection({ scenario, plan, provenance, instrument, shards }: Results): RootContent[] {
  return [
    heading(2, 'Method'),
    paragraph(
      'Each iteration works on a new revision and starts from a proven steady state, after a random wait of up to ' +
        `${formatDuration(plan.phaseMaxMs)}. The zero of time is the moment at which the API server had committed the ` +
        'disturbance, as its watch told. All times come from watches and from one monotonic clock. What recovered had to stay so ' +
        `for ${formatDuration(plan.holdMs)}. An iteration that failed a check is invalid and is not counted; one that had not ` +
        'recovered when watching ended is censored, and counts as longer than it was watched. ',
      'Intervals of medians are bootstrapped with the run’s seed. Nothing is claimed with fewer than 5 iterations of each engine. ' +
        'The whole method is in ',
      inlineCode('docs/method.md'),
      ' of gitops-lab, how to read this report in ',
      inlineCode('docs/reports.md'),
      '.',
    ),
    ...((scenario.contrasts ?? []).length === 0 ? [] : [paragraph(contrastMethod)]),
    paragraph(instrumentSentence(instrument)),
    ...(shards === undefined ? repeatSection(provenance) : repeatShardsSection(shards)),
  ];
}

const contrastMethod =
  'The question sets disturbances against each other: their times are compared within each engine, with the same estimate of the difference, its ' +
  'interval and test as engines are compared with each other. Holm’s correction is over these comparisons alone, and over those of the engines alone.';

/** The command line, and the seed where it does not hold it. */
export function repeatSection({ commandLine, commit, seed, version }: Results['provenance']): RootContent[] {
  return [
    heading(2, 'How to repeat it'),
    paragraph(`With gitops-lab ${version}${commit === null ? '' : ` at commit ${commit}`}:`),
    codeBlock('sh', commandOf({ commandLine })),
    paragraph(
      commandLine.some((word) => word.startsWith('--seed'))
        ? `The seed is ${seed}. `
        : `The seed was drawn: add --seed ${seed} for the same order and the same random waits. `,
      'The times will differ as far as the engines and the machine vary.',
    ),
  ];
}

/** The command lines of what a run was merged from. */
function repeatShardsSection(shards: readonly Shard[]): RootContent[] {
  return [
    heading(2, 'How to repeat it'),
    paragraph(
      'Each shard by itself, and then merged. Those whose command line has no seed drew the one that is given here:',
    ),
    codeBlock(
      'sh',
      shards
        .map(
          ({ provenance: { commandLine, seed } }, index) =>
            `# shard ${index + 1}, seed ${seed}\n${commandOf({ commandLine })}`,
        )
        .join('\n'),
    ),
  ];
}

/** A command line as a shell takes it. */
export function commandOf({ commandLine }: Pick<Results['provenance'], 'commandLine'>): string {
  return commandLine.map(quoteForShell).join(' ');
}

function quoteForShell(word: string): string {
  return /^[\w@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", `'\\''`)}'`;
}
