import type { ElementContent } from 'hast';
import { h } from 'hastscript';
import { formatDuration } from '../../../common/duration.ts';
import { attribute } from '../../attribution/attribute.ts';
import { shorten } from '../../attribution/shorten.ts';
import type { TimelineEntry } from '../../attribution/timeline-entry.ts';
import { longestGapSentence, offsetText } from '../../attribution/timeline-text.ts';
import type { Timeline } from '../../attribution/timeline.ts';
import type { RecordedRun } from '../../record/reader.ts';
import type { Iteration } from '../../record/schema.ts';
import { engineColours, engineLabels, timeKinds, timeNames } from '../names.ts';

/** More timelines than this make a page that a phone can't open; the slowest have theirs. */
const mostTimelines = 300;

/** Every iteration with its verdict, its times and what the engine did, each behind a click. */
export async function iterationList(run: RecordedRun): Promise<ElementContent[]> {
  const { iterations } = run.results;
  const withTimeline = new Set(slowestFirst(iterations).slice(0, mostTimelines));
  const items: ElementContent[] = [];
  // One after the other: a night's logs are large, and only the parts that are asked for are to be in memory.
  for (const iteration of iterations) {
    const timeline = withTimeline.has(iteration) ? await attribute(run, iteration) : undefined;
    items.push(itemOf(iteration, timeline));
  }
  return [
    h('h2', { id: 'every-iteration' }, 'Every iteration'),
    h(
      'p',
      'In the order in which they were made, those set aside as well. Each opens to its times, the reason of its verdict, and what the engine did meanwhile: ' +
        'what the API server, the engine’s status, its Events and its logs told, cut down to what came before the object was restored.' +
        (iterations.length > mostTimelines ? ` The ${mostTimelines} slowest have that timeline.` : ''),
    ),
    h('form', { className: 'filters', hidden: true, ariaLabel: 'Which iterations are shown' }, [
      selection(
        'engine',
        'Engine',
        iterations.map(({ engine }) => engineLabels[engine]),
      ),
      selection(
        'disturbance',
        'Disturbance',
        iterations.map(({ disturbance }) => disturbance),
      ),
      selection(
        'verdict',
        'Verdict',
        iterations.map(({ verdict }) => verdict),
      ),
      h('output', { id: 'shown' }),
    ]),
    h('div', { id: 'iterations' }, items),
  ];
}

function slowestFirst(iterations: readonly Iteration[]): Iteration[] {
  const length = ({ timeToRestoreMs, watchedForMs }: Iteration): number => timeToRestoreMs ?? watchedForMs;
  return iterations.toSorted((left, right) => length(right) - length(left));
}

function selection(name: string, label: string, values: readonly string[]): ElementContent {
  return h('label', [
    `${label} `,
    h('select', { name }, [
      h('option', { value: '' }, 'all'),
      ...[...new Set(values)].toSorted().map((value) => h('option', { value }, value)),
    ]),
  ]);
}

function itemOf(iteration: Iteration, timeline: Timeline | undefined): ElementContent {
  const { engine, index, disturbance, kind, verdict } = iteration;
  const label = engineLabels[engine];
  return h(
    'details',
    {
      id: `${engine}-${index}`,
      className: ['iteration', verdict],
      dataEngine: label,
      dataDisturbance: disturbance,
      dataVerdict: verdict,
      dataLabel: `${label}, iteration ${index}`,
      style: `--colour:${engineColours[engine]}`,
    },
    [
      h('summary', [
        h('b', `${label} ${index}`),
        ` ${disturbance}`,
        h('span', { className: 'outcome' }, outcomeOf(iteration)),
        ...(kind === 'warmup' ? [h('span', { className: 'tag' }, 'warm-up')] : []),
      ]),
      ...bodyOf(iteration, timeline),
    ],
  );
}

function outcomeOf({ verdict, timeToRestoreMs, watchedForMs }: Iteration): string {
  if (timeToRestoreMs === null) return `${verdict}, watched for ${formatDuration(watchedForMs)}`;
  const time = `restored after ${formatDuration(timeToRestoreMs)}`;
  return verdict === 'valid' ? time : `${verdict}, ${time}`;
}

function bodyOf(iteration: Iteration, timeline: Timeline | undefined): ElementContent[] {
  const { reason, revision, phaseMs, trial } = iteration;
  const facts: [string, string][] = [
    ...timeNames.flatMap((time): [string, string][] => {
      const valueMs = iteration[timeKinds[time].field];
      return [[timeKinds[time].title, valueMs === null ? '–' : formatDuration(valueMs)]];
    }),
    ['Wait before it', formatDuration(phaseMs)],
    ['Lab', `trial ${trial}`],
    ['Revision', revision === '' ? '–' : revision.slice(0, 10)],
  ];
  return [
    ...(reason === '' ? [] : [h('p', { className: 'reason' }, reason)]),
    h(
      'dl',
      facts.map(([term, value]) => h('div', [h('dt', term), h('dd', value)])),
    ),
    ...(timeline === undefined ? [] : timelineOf(timeline)),
  ];
}

function timelineOf(timeline: Timeline): ElementContent[] {
  const silence = longestGapSentence(timeline);
  const words = [...(silence === undefined ? [] : [silence]), ...timeline.notices].join(' ');
  return [
    ...(words === '' ? [] : [h('p', words)]),
    ...(timeline.entries.length === 0
      ? []
      : [h('ol', { className: 'timeline' }, shorten(timeline).map(entryOf))]),
  ];
}

function entryOf(entry: TimelineEntry | string): ElementContent {
  if (typeof entry === 'string') return h('li', { className: 'more' }, entry);
  const { source, text, isWarning } = entry;
  const isMilestone = source === 'measured';
  return h('li', { className: isMilestone ? 'milestone' : isWarning ? 'warning' : undefined }, [
    h('span', { className: 'offset' }, offsetText(entry).trim()),
    ...(isMilestone ? [] : [h('span', { className: 'source' }, isWarning ? `${source} (warning)` : source)]),
    h('span', { className: 'text' }, text),
  ]);
}
