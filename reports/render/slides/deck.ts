import { formatDuration } from '../../../common/duration.ts';
import type { ReportContent } from '../content.ts';
import type { Comparison } from '../comparison.ts';
import { shortContrast } from '../contrast-words.ts';
import { formatList, formatP } from '../format.ts';
import { engineLabels } from '../names.ts';
import { sentencesOn, warningsOf } from '../sections/conclusion.ts';
import { commandOf } from '../sections/method.ts';
import { headlineOf } from '../summarize.ts';
import { namedVerdict } from '../verdict-words.ts';
import { barGroups, type BarGroup } from './bars.ts';

/** One slide: a title that says what is to be learned from it, and at most one of the others besides a few points. */
export interface Slide {
  readonly title: string;
  /** Above the title, in small letters. */
  readonly kicker: string;
  readonly points: readonly string[];
  readonly bars?: readonly BarGroup[];
  /** Its first row is the header. */
  readonly table?: readonly (readonly string[])[];
  readonly command?: string;
  /** What to say, in whole sentences; seen by the speaker alone. */
  readonly notes: readonly string[];
}

/** More rows than this can't be read from the back row. */
const mostRows = 5;

/** Cuts rows into parts of nearly the same length, of which none is too long for a slide. */
export function inParts<T>(rows: readonly T[]): T[][] {
  const parts = Math.ceil(rows.length / mostRows);
  const size = Math.ceil(rows.length / Math.max(1, parts));
  return Array.from({ length: parts }, (_, index) => rows.slice(index * size, (index + 1) * size));
}

/** The slides of a run: the question, the set-up, what happened, the result, what it means. */
export function deckOf(content: ReportContent): Slide[] {
  const { run } = content;
  if (run.results.calibration !== undefined) return [];
  return [
    question(content),
    setUp(content),
    ...whatHappened(content),
    ...result(content),
    ...howSure(content),
    meaning(content),
    repeat(content),
  ];
}

function question({ run }: ReportContent): Slide {
  const { scenario, engines, startedAt } = run.results;
  const names = engines.map(({ engine, version }) => `${engineLabels[engine]} ${version}`);
  return {
    kicker: scenario.name,
    title: scenario.question,
    points: [formatList(names), startedAt.slice(0, 10)],
    notes: [
      `The question is: ${scenario.question}`,
      `We measured it with ${formatList(names)}, and what you will see comes from the record of that run.`,
    ],
  };
}

function setUp({ run }: ReportContent): Slide {
  const { lab, profile, plan, provenance, engines } = run.results;
  const { machine } = provenance;
  const nodes = `${lab.nodes} node${lab.nodes === 1 ? '' : 's'}`;
  const count = plan.iterationsPerDisturbance;
  const labs = engines.reduce((sum, { trials }) => sum + trials.length, 0);
  return {
    kicker: 'The set-up',
    title: 'Real engines, a real API server, and one clock',
    points: [
      `${labs} clusters of the ${lab.provider} lab, ${nodes} each: every engine has its own`,
      lab.podsAreSimulated
        ? 'Control plane and engines are real; pods are simulated'
        : 'Control plane, engines and pods are real',
      `Profile "${profile.name}"; ${count} iteration${count === 1 ? '' : 's'} of each disturbance, in random order`,
      `A random wait of up to ${formatDuration(plan.phaseMaxMs)} before each, so that no engine is caught at a lucky moment`,
      `${machine.cores} cores, load ${machine.loadAverageAtStart.toFixed(1)} at the start`,
    ],
    notes: [
      'Each iteration works on a new commit and begins from a proven steady state.',
      'The clock starts when the API server has committed the disturbance, as its watch told. All times come from watches, none from polling.',
      'What failed a check is set aside and shown in the report; what had not recovered when watching ended counts as longer than it was watched.',
    ],
  };
}

function whatHappened({ run }: ReportContent): Slide[] {
  const { disturbances } = run.results.scenario;
  return inParts(disturbances).map((part, index) => ({
    kicker: index === 0 ? 'What happened' : 'What happened, continued',
    title: 'This was done to the clusters',
    points: [],
    table: [['Disturbance', 'What someone does'], ...part.map(({ name, sentence }) => [name, sentence])],
    notes: [
      'Each line is one disturbance, made the same way for every engine.',
      ...part.map(({ name, sentence }) => `${name}: ${sentence}.`),
    ],
  }));
}

function result({ analysis }: ReportContent): Slide[] {
  const groups = barGroups(analysis);
  return inParts(groups).map((bars, index) => ({
    kicker: index === 0 ? 'The result' : 'The result, continued',
    title: index === 0 ? headlineOf(analysis) : 'Median time to restore',
    points: [],
    bars,
    notes: [
      ...(index === 0 ? [headlineOf(analysis)] : []),
      'Each bar is the median time until the object was as Git wants it.',
      ...bars.map(({ disturbance }) => `${disturbance}: ${sentencesOn(analysis, disturbance)}`),
    ],
  }));
}

function howSure({ analysis }: ReportContent): Slide[] {
  const rows = [
    ...analysis.contrasts.flatMap(({ contrast: { of, against }, comparisons }) =>
      comparisons.map((comparison) => [
        `${of} against ${against}`,
        `${engineLabels[comparison.first.engine]}: ${shortContrast(comparison)}`,
        ...sureness(comparison),
      ]),
    ),
    ...analysis.comparisons.map((comparison) => [
      comparison.disturbance,
      namedVerdict(comparison, analysis.engines.length),
      ...sureness(comparison),
    ]),
  ];
  return inParts(rows).map((part, index) => ({
    kicker: index === 0 ? 'How sure is that?' : 'How sure is that? Continued',
    title: 'What may be claimed, and what may not',
    points: [],
    table: [['Disturbance', 'Result', 'p', 'n'], ...part],
    notes: [
      'p is that of the Mann-Whitney test, corrected by Holm for the number of comparisons: below 0.05 a difference is claimed.',
      '“No difference shown” does not mean that they are equal: these samples do not tell.',
      'n is the number of iterations of each of the two.',
    ],
  }));
}

/** The p value and the numbers of iterations of a comparison, as cells. */
function sureness({ correctedP, first, second }: Comparison): string[] {
  return [
    correctedP === null ? '–' : formatP(correctedP).replace('= ', ''),
    [first, second].map(({ samples }) => samples.length).join(' : '),
  ];
}

function meaning({ run, analysis }: ReportContent): Slide {
  const { lab, profile } = run.results;
  const warnings = warningsOf(run);
  return {
    kicker: 'What it means',
    title: 'Read the figures with their settings',
    points: [
      `They hold for the profile "${profile.name}" and the ${lab.provider} lab, and for these versions`,
      ...warnings.slice(0, 3),
    ],
    notes: [
      headlineOf(analysis),
      ...(warnings.length === 0
        ? ['Nothing in the record limits this run beyond its settings, its lab and its versions.']
        : ['Before you quote this:', ...warnings]),
    ],
  };
}

function repeat({ run }: ReportContent): Slide {
  const { provenance } = run.results;
  const { version, commit, seed } = provenance;
  return {
    kicker: 'See for yourself',
    title: 'How to repeat it',
    points: [
      `gitops-lab ${version}${commit === null ? '' : `, commit ${commit.slice(0, 10)}`}, seed ${seed}`,
      'Every iteration, with what the engine did and logged, is in report.html',
    ],
    command: commandOf(provenance),
    notes: ['The times will differ as far as the engines and the machine vary; the report says by how much.'],
  };
}
