import type { ElementContent } from 'hast';
import { h } from 'hastscript';
import type { Arm } from '../arm.ts';
import type { Comparison } from '../comparison.ts';
import { formatCount, formatDifference, formatP, formatWithInterval } from '../format.ts';
import { medianCell } from '../verdict-words.ts';

/** A bar, whose name and figure stand beside it. */
export interface Lane {
  readonly name: string;
  readonly colour: string;
  /** Of the median; that of a time that never came is how long it was watched. */
  readonly lengthMs: number;
  /** The median is longer than this, by how much nobody knows. */
  readonly isOpen: boolean;
  readonly words: string;
  /** What else is known of the figure; empty where nothing is. */
  readonly detail: string;
}

/** What may be claimed, and how sure it is. */
export interface Claim {
  readonly verdict: string;
  readonly sureness: string;
  /** It says that something has become worse. */
  readonly isAlarm?: boolean;
}

export interface AnswerRow {
  readonly title: string;
  /** Below the title, in small letters. */
  readonly subtitle?: string;
  readonly lanes: readonly Lane[];
  readonly claims: readonly Claim[];
}

/** Rows that stand below a heading of their own; without one where there is nothing to tell them from. */
export interface AnswerGroup {
  readonly heading?: readonly ElementContent[];
  readonly rows: readonly AnswerRow[];
}

interface AnswerTable {
  readonly caption: string;
  /** Of the first column, and of that of the bars. */
  readonly titles: readonly [rows: string, bars: string];
  /** Whether there is a column that says what may be claimed. */
  readonly hasClaims: boolean;
  readonly groups: readonly AnswerGroup[];
}

/** Longer names of bars, in characters, need a wider column. */
const shortName = 9;

/** A table that gives an answer: a row for each thing compared, with bars that can be compared within it, and what may be claimed. */
export function answerTableOf({ caption, titles, hasClaims, groups }: AnswerTable): ElementContent {
  const columns = [...titles, ...(hasClaims ? ['Result'] : [])];
  const lanes = groups.flatMap(({ rows }) => rows.flatMap((row) => row.lanes));
  const isLong = lanes.some(({ name }) => name.length > shortName);
  return h('table', { className: isLong ? ['answer', 'long'] : ['answer'] }, [
    h('caption', caption),
    h('thead', [
      h(
        'tr',
        columns.map((title) => h('th', { scope: 'col' }, title)),
      ),
    ]),
    ...groups.map(({ heading, rows }) =>
      h('tbody', [
        ...(heading === undefined
          ? []
          : [h('tr', [h('th', { scope: 'rowgroup', colSpan: columns.length }, [...heading])])]),
        ...rows.map((row) => rowOf(row, hasClaims)),
      ]),
    ),
  ]);
}

/** How sure a claim is: by how much they differ, after `title`, where that is to be said; its p, where there is one; and of how many iterations it is. */
export function surenessOf(
  { difference, correctedP }: Pick<Comparison, 'difference' | 'correctedP'>,
  arms: readonly Arm[],
  title = '',
): string {
  return [
    ...(difference === null ? [] : [`${title}${formatDifference(difference)}`]),
    ...(correctedP === null ? [] : [`p ${formatP(correctedP)}`]),
    `${arms.map(({ samples }) => samples.length).join(' against ')} iterations`,
  ].join(', ');
}

function rowOf({ title, subtitle, lanes, claims }: AnswerRow, hasClaims: boolean): ElementContent {
  const longestMs = Math.max(...lanes.map(({ lengthMs }) => lengthMs), 1);
  return h('tr', [
    h('th', { scope: 'row' }, [
      title,
      ...(subtitle === undefined ? [] : [h('div', { className: 'sure' }, subtitle)]),
    ]),
    h(
      'td',
      lanes.map((lane) => laneOf(lane, longestMs)),
    ),
    ...(hasClaims ? [h('td', claims.flatMap(claimOf))] : []),
  ]);
}

function laneOf({ name, colour, lengthMs, isOpen, words, detail }: Lane, longestMs: number): ElementContent {
  const share = Math.max(0.005, lengthMs / longestMs);
  return h('div', { className: 'lane', title: `${name}:${detail === '' ? '' : ` ${detail}`}` }, [
    h('span', { className: 'name' }, name),
    h('span', { className: 'track', ariaHidden: 'true' }, [
      h('span', {
        className: isOpen ? ['bar', 'open'] : ['bar'],
        style: `width:${(share * 100).toFixed(1)}%;--colour:${colour}`,
      }),
    ]),
    h('span', { className: 'value' }, words),
  ]);
}

function claimOf({ verdict, sureness, isAlarm = false }: Claim): ElementContent[] {
  return [
    h('div', { className: isAlarm ? ['verdict', 'alarm'] : ['verdict'] }, verdict),
    h('div', { className: 'sure' }, sureness),
  ];
}

/** The median of an arm as a bar. */
export function laneOfArm(arm: Arm, name: string, colour: string): Lane {
  const { description } = arm;
  const isOpen = description?.median.relation === 'moreThan';
  const detail =
    description === null || isOpen
      ? ''
      : `${formatWithInterval(description.median, description.medianInterval)}, n = ${formatCount(description)}`;
  return {
    name,
    colour,
    lengthMs: description?.median.valueMs ?? 0,
    isOpen,
    words: medianCell(arm),
    detail,
  };
}
