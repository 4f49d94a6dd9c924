import type { RootContent } from 'mdast';
import { attribute } from '../../attribution/attribute.ts';
import { shorten } from '../../attribution/shorten.ts';
import type { Timeline } from '../../attribution/timeline.ts';
import { longestGapSentence, timelineLines } from '../../attribution/timeline-text.ts';
import { chooseWorst, maxOutliers, type Worst } from '../../attribution/worst.ts';
import type { RecordedRun } from '../../record/reader.ts';
import type { Analysis } from '../analysis.ts';
import { codeBlock, collapsed, heading, paragraph } from '../markdown.ts';
import { engineLabels } from '../names.ts';

/** The iterations that a reader will ask about, each with what the engine did meanwhile. */
export async function slowestSection(run: RecordedRun, analysis: Analysis): Promise<RootContent[]> {
  const worst = analysis.engines.flatMap((engine) => chooseWorst(run.results, analysis, engine));
  const blocks: RootContent[] = [];
  // One after the other: a night's logs are large, and only the parts that are asked for are to be in memory.
  for (const one of worst) blocks.push(...blockOf(one, await attribute(run, one.iteration)));
  return [
    heading(2, 'Slowest iterations'),
    paragraph(
      'For each engine the iterations whose time to restore is an outlier among those of the same engine and disturbance ' +
        '(more than 1.5 interquartile ranges above the upper quartile), ' +
        `at most ${maxOutliers}, and one of each kind of censored ones. `,
      worst.length === 0
        ? 'There is none.'
        : 'What each did is cut down to what came before the object was restored; --iteration shows all of it.',
    ),
    ...blocks,
  ];
}

function blockOf({ iteration, why }: Worst, timeline: Timeline): RootContent[] {
  const { engine, index, disturbance } = iteration;
  const silence = longestGapSentence(timeline);
  return collapsed(
    `${engineLabels[engine]}, iteration ${index}: ${disturbance}`,
    paragraph([why, ...(silence === undefined ? [] : [silence]), ...timeline.notices].join(' ')),
    ...(timeline.entries.length === 0
      ? []
      : [codeBlock('text', timelineLines(timeline, shorten(timeline)).join('\n'))]),
  );
}
