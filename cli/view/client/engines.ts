// The side of each engine.

import type { EngineDrawing, LabDrawing, RunningDrawing, Verdict } from '../drawing.ts';
import { childOf, empty, fill, make, write } from './dom.ts';

// The stopwatches go on between messages.
interface Stopwatch {
  readonly element: HTMLElement;
  /** When it began, by this browser's clock. */
  readonly beganMs: number;
}
const stopwatches = new Map<string, Stopwatch>();
const isStill = matchMedia('(prefers-reduced-motion: reduce)').matches;

function secondsText(durationMs: number, digits: number): string {
  const seconds = Math.max(0, durationMs) / 1000;
  if (seconds < 60) return `${seconds.toFixed(digits)} s`;
  return `${Math.floor(seconds / 60)} min ${Math.floor(seconds % 60)} s`;
}

/** All of them stop. */
export function stopStopwatches(): void {
  stopwatches.clear();
}

setInterval(
  () => {
    const nowMs = performance.now();
    for (const { element, beganMs } of stopwatches.values())
      element.textContent = secondsText(nowMs - beganMs, isStill ? 0 : 1);
  },
  isStill ? 1000 : 100,
);

function showRunning(lab: HTMLElement, key: string, running: RunningDrawing | null, sentMs: number): void {
  const box = childOf(lab, 'running', () => make('div', { class: 'running' }));
  const title = childOf(box, 'title', () => make('p', { class: 'what' }));
  // A timer is not read aloud by itself (WAI-ARIA 1.2, timer).
  const watch = childOf(box, 'watch', () =>
    make('p', { class: 'watch', role: 'timer', 'aria-label': 'stopwatch' }),
  );
  const stand = childOf(box, 'stand', () => make('p', { class: 'quiet' }));
  stopwatches.delete(key);
  box.hidden = running === null;
  write(title, running?.title ?? '');
  write(stand, running?.stand ?? '');
  const zeroMs = running?.zeroMs ?? null;
  if (running === null || zeroMs === null) {
    watch.textContent = '–';
    return;
  }
  if (running.endMs === null) {
    const beganMs = performance.now() - (sentMs - zeroMs);
    stopwatches.set(key, { element: watch, beganMs });
  } else watch.textContent = secondsText(running.endMs - zeroMs, 1);
}

function showTimeline(lab: HTMLElement, { title: labTitle, timeline }: LabDrawing): void {
  const box = childOf(lab, 'timeline', () => make('div', { class: 'timeline-of' }));
  fill(box, [labTitle, timeline], () => {
    if (timeline === null) return [];
    const { title, leftOut, entries } = timeline;
    const more = leftOut === 0 ? [] : [make('li', { class: 'quiet' }, `${leftOut} earlier`)];
    const rows = entries.map(({ offset, source, text, isWarning }) =>
      make(
        'li',
        { class: source === 'measured' ? 'milestone' : '' },
        make('span', { class: 'offset' }, offset),
        ' ',
        make('span', { class: 'source' }, `${isWarning ? '! ' : ''}${source}`),
        ' ',
        make('span', { class: isWarning ? 'warning' : '' }, text),
      ),
    );
    // A lab without a title has no heading of its own between the engine's and this one.
    const level = labTitle === '' ? 'h3' : 'h4';
    return [
      make(level, {}, `What happened in ${title}`),
      make('ol', { class: 'timeline' }, ...more, ...rows),
    ];
  });
}

const verdictWords: Readonly<Record<Verdict, string>> = { valid: 'valid: ', invalid: '', censored: '' };

function showLab(parent: HTMLElement, lab: LabDrawing, sentMs: number): void {
  const box = childOf(parent, lab.key, () => make('section', { class: 'lab' }));
  const head = childOf(box, 'head', () => make('div', {}));
  fill(head, [lab.title, lab.done, lab.total, lab.left, lab.activity], () => {
    const count = lab.total === 0 ? 'no iteration has ended yet' : `${lab.done} of ${lab.total} iterations`;
    const bar = {
      max: String(Math.max(1, lab.total)),
      value: String(lab.done),
      'aria-label': 'iterations made',
    };
    return [
      ...(lab.title === '' ? [] : [make('h3', {}, lab.title)]),
      make('p', { class: 'now' }, lab.activity === '' ? '–' : lab.activity),
      make('progress', bar),
      make('p', { class: 'quiet' }, [count, lab.left].filter((words) => words !== '').join(', ')),
    ];
  });
  showRunning(box, lab.key, lab.running, sentMs);
  const last = childOf(box, 'last', () => make('p', { class: 'last' }));
  fill(last, lab.last, () => {
    if (lab.last === null) return [];
    const { title, verdict, words } = lab.last;
    return [`Last, ${title}: `, make('span', { class: verdict }, `${verdictWords[verdict]}${words}`)];
  });
  showTimeline(box, lab);
}

/** Draws one engine's side. */
export function showEngine(parent: HTMLElement, engine: EngineDrawing, sentMs: number): void {
  const column = childOf(parent, engine.name, () => {
    const made = make(
      'section',
      { class: 'engine', 'aria-label': engine.title },
      make('h2', {}, engine.title),
    );
    made.style.setProperty('--colour', engine.colour);
    return made;
  });
  const labs = childOf(column, 'labs', () => make('div', {}));
  if (engine.labs.length === 0)
    fill(labs, '', () => [make('p', { class: 'quiet' }, 'its lab is not begun yet')]);
  else empty(labs);
  for (const lab of engine.labs) showLab(labs, lab, sentMs);
}
