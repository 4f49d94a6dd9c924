// A strip for each disturbance and engine, with a mark for each finished iteration.

import type { Drawing, Point, Verdict } from '../drawing.ts';
import { childOf, fill, keepOnly, make, makeSvg, place } from './dom.ts';

/** Shape tells verdicts apart, and not colour alone. */
function markOf(kind: Verdict | 'warmup'): SVGElement {
  if (kind === 'valid') return makeSvg('circle', { r: '5', class: 'mark valid' });
  if (kind === 'warmup') return makeSvg('circle', { r: '4', class: 'mark' });
  const d = kind === 'censored' ? 'M-4,-5 L6,0 L-4,5 Z' : 'M-4,-4 L4,4 M-4,4 L4,-4';
  return makeSvg('path', { d, class: 'mark' });
}

function kindOf({ verdict, isWarmUp }: Point): Verdict | 'warmup' {
  return verdict === 'valid' && isWarmUp ? 'warmup' : verdict;
}

function summaryOf(points: readonly Point[]): string {
  if (points.length === 0) return 'none yet';
  const count = (kind: string, words: string): string[] => {
    const some = points.filter((point) => kindOf(point) === kind).length;
    return some === 0 ? [] : [`${some} ${words}`];
  };
  const counts = [
    ...count('valid', 'valid'),
    ...count('censored', 'censored'),
    ...count('invalid', 'invalid'),
    ...count('warmup', 'warm-up'),
  ];
  const newest = points.findLast(({ value }) => value !== '');
  return [counts.join(', '), ...(newest === undefined ? [] : [`newest ${newest.value}`])].join('; ');
}

function strip(title: string, points: readonly Point[], maxMs: number): Element {
  const marks = points.flatMap((point, index) => {
    if (point.valueMs === null) return [];
    const x = `${(1 + (97 * point.valueMs) / maxMs).toFixed(2)}%`;
    const mark = markOf(kindOf(point));
    mark.append(makeSvg('title', {}, point.words));
    return [makeSvg('svg', { x, y: String(10 + 4 * (index % 3)), overflow: 'visible' }, mark)];
  });
  const label = `${title}: ${summaryOf(points)}`;
  return makeSvg('svg', { class: 'strip', height: '28', role: 'img', 'aria-label': label }, ...marks);
}

/** Draws the finished iterations of each disturbance. */
export function showCharts({ engines, disturbances }: Drawing, points: readonly Point[]): void {
  place('charts').hidden = points.length === 0;
  const strips = place('strips');
  const named = [...new Set([...disturbances, ...points.map(({ disturbance }) => disturbance)])];
  keepOnly(strips, named);
  for (const disturbance of named) {
    const own = points.filter((point) => point.disturbance === disturbance);
    const box = childOf(strips, disturbance, () => make('section', { class: 'chart' }));
    fill(box, [own.length, engines.map(({ name }) => name)], () => {
      const longest = own.toSorted((left, right) => (right.valueMs ?? 0) - (left.valueMs ?? 0))[0];
      const maxMs = Math.max(1, longest?.valueMs ?? 0);
      const rows = engines.map(({ name, title, colour }) => {
        const theirs = own.filter(({ engine }) => engine === name);
        const summary = make('span', { class: 'quiet' }, summaryOf(theirs));
        const row = make(
          'div',
          { class: 'row' },
          make('span', {}, title),
          strip(title, theirs, maxMs),
          summary,
        );
        row.style.setProperty('--colour', colour);
        return row;
      });
      const scale = longest?.valueMs === null ? '' : (longest?.value ?? '').replace('more than ', '');
      const axis = make('p', { class: 'axis' }, make('span', {}, '0'), make('span', {}, scale));
      return [make('h3', {}, disturbance), ...rows, ...(scale === '' ? [] : [axis])];
    });
  }
}

/** Says what the marks mean. */
export function showLegend(): void {
  place('legend').append(
    ...(['valid', 'censored', 'invalid', 'warmup'] as const).map((kind) => {
      const word = {
        valid: 'valid',
        censored: 'censored: not restored while watched',
        invalid: 'invalid',
        warmup: 'warm-up',
      }[kind];
      const picture = makeSvg(
        'svg',
        { viewBox: '-7 -7 14 14', width: '14', height: '14', 'aria-hidden': 'true' },
        markOf(kind),
      );
      return make('span', {}, picture, ` ${word}`);
    }),
  );
}
