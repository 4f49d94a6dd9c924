import type { BlockContent, RootContent } from 'mdast';
import { formatDuration } from '../../../common/duration.ts';
import type { Observation } from '../../record/observation.ts';
import type { RecordedRun } from '../../record/reader.ts';
import type { Iteration } from '../../record/schema.ts';
import { armOf, type Analysis } from '../analysis.ts';
import { judgedIterations } from '../arm.ts';
import type { WorkByHand } from '../by-hand.ts';
import { collapsed, heading, paragraph, table } from '../markdown.ts';
import { engineLabels, isByHand } from '../names.ts';
import { medianCell } from '../verdict-words.ts';

type RunbookStep = Extract<Observation, { type: 'runbook-step' }>;

/** What people have to do and how long it takes them, beside the engines; nothing where a run has no runbook. */
export function byHandSection(
  run: Pick<RecordedRun, 'results' | 'history'>,
  analysis: Analysis,
): RootContent[] {
  const { work } = analysis;
  if (work.length === 0) return [];
  const engines = analysis.engines.filter((engine) => !isByHand(engine));
  const settled = (disturbance: string): string[] =>
    engines.map((engine) => medianCell(armOf(analysis, disturbance, engine, 'settle')));
  return [
    heading(2, 'What it takes by hand'),
    table(
      [
        'Disturbance',
        'Commands',
        'Decisions',
        'At human pace',
        ...engines.map((engine) => `${engineLabels[engine]}, by itself`),
      ],
      work.map((one) => [...cellsOf(one), ...settled(one.disturbance)]),
      '',
    ),
    paragraph(
      'Medians: for people until the last step of the runbook has ended, for an engine until it says so itself (time to settle). ' +
        'At human pace is what the commands took, and what a person takes to type them, read what they show, and decide, at the ' +
        'pace under “Effective configuration”. Until someone notices and is at the keyboard is not in it. Nor is, on either side, the commit to ' +
        'Git where the disturbance is one.',
    ),
    ...collapsed('The steps', ...work.flatMap((one) => stepsOf(one, run))),
  ];
}

function cellsOf({ disturbance, commands, decisions, timeMs }: WorkByHand): string[] {
  return [disturbance, String(commands), String(decisions), formatDuration(timeMs)];
}

/** The steps of the first iteration that counts, one below the other. */
function stepsOf(
  { disturbance }: WorkByHand,
  { results, history }: Pick<RecordedRun, 'results' | 'history'>,
): BlockContent[] {
  const shown = judgedIterations(results).find(
    (one) => isByHand(one.engine) && one.disturbance === disturbance,
  );
  const made = shown === undefined ? [] : history.filter((fact) => isStepOf(fact, shown));
  if (made.length === 0) return [];
  return [
    paragraph(`${disturbance}, as in iteration ${shown?.index ?? 0}:`),
    table(
      ['#', 'Kind', 'Command or question', 'The machine', 'The person'],
      made.map(({ step, what, machineMs, personMs }, index) => [
        String(index + 1),
        step,
        what,
        step === 'decide' ? '–' : formatDuration(machineMs),
        formatDuration(personMs),
      ]),
      '',
    ),
  ];
}

function isStepOf(fact: Observation, { engine, index }: Iteration): fact is RunbookStep {
  return fact.type === 'runbook-step' && fact.engine === engine && fact.iteration === index;
}
