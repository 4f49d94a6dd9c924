// What the page of the live view does in a browser: it follows the stream of the run, and draws what that tells.
import type {
  Drawing,
  EngineDrawing,
  LabDrawing,
  Message,
  Point,
  RunningDrawing,
  Verdict,
} from '../drawing.ts';

type Child = Node | string;

function make(name: string, attributes: Readonly<Record<string, string>>, ...children: Child[]): HTMLElement {
  const element = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, value);
  element.append(...children);
  return element;
}

function makeSvg(
  name: string,
  attributes: Readonly<Record<string, string>>,
  ...children: Child[]
): SVGElement {
  const element = document.createElementNS('http://www.w3.org/2000/svg', name);
  for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, value);
  element.append(...children);
  return element;
}

function place(id: string): HTMLElement {
  const element = document.getElementById(id);
  if (element === null) throw new Error(`the page has no ${id}`);
  return element;
}

/** What each place shows. What has not changed stays as it is, for whoever reads it or has selected it. */
const shown = new WeakMap<Element, string>();
function fill(element: HTMLElement, data: unknown, build: () => readonly Child[]): void {
  const key = JSON.stringify(data);
  if (shown.get(element) === key) return;
  shown.set(element, key);
  element.replaceChildren(...build());
}

function write(element: HTMLElement, text: string): void {
  fill(element, text, () => [text]);
}

/** The child of a key; it is made, in its order, where there is none. */
function childOf(parent: HTMLElement, key: string, build: () => HTMLElement): HTMLElement {
  const found = [...parent.children].find((child) => child.getAttribute('data-key') === key);
  if (found instanceof HTMLElement) return found;
  const built = build();
  built.setAttribute('data-key', key);
  parent.append(built);
  return built;
}

function keepOnly(parent: HTMLElement, keys: readonly string[]): void {
  for (const child of [...parent.children])
    if (!keys.includes(child.getAttribute('data-key') ?? '')) child.remove();
}

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

function showEngine(parent: HTMLElement, engine: EngineDrawing, sentMs: number): void {
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
  else if (shown.delete(labs)) labs.replaceChildren();
  for (const lab of engine.labs) showLab(labs, lab, sentMs);
}

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

function showCharts({ engines, disturbances }: Drawing, points: readonly Point[]): void {
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

// What has ended is told to screen readers, every few seconds at the most.
const quietMs = 4000;
const unsaid: string[] = [];
let saidAtMs = -quietMs;
let saying: ReturnType<typeof setTimeout> | undefined;

function say(...sentences: readonly string[]): void {
  unsaid.push(...sentences);
  if (unsaid.length === 0) return;
  saying ??= setTimeout(
    () => {
      saying = undefined;
      saidAtMs = performance.now();
      const told = unsaid.splice(0);
      const more = told.length > 2 ? [`${told.length - 2} more have ended before.`] : [];
      place('said').textContent = [...more, ...told.slice(-2)].join(' ');
    },
    Math.max(0, saidAtMs + quietMs - performance.now()),
  );
}

function showEnding({ ending }: Drawing): void {
  const box = place('ending');
  box.hidden = ending === null;
  fill(box, ending, () => {
    if (ending === null) return [];
    const { status, reason, headline, report } = ending;
    const words = `The run has ended: ${status}${reason === '' ? '' : `, ${reason}`}`;
    say(`${words}. ${headline}`);
    const where = make('p', {}, 'The report: ', make('code', {}, report));
    return [
      make('h2', {}, words),
      ...(headline === '' ? [] : [make('p', { class: 'headline' }, headline)]),
      ...(report === '' ? [] : [where]),
    ];
  });
}

function show(drawing: Drawing, points: readonly Point[]): void {
  const { scenario, lab, profile, part, engines, sentMs } = drawing;
  const labs = engines.flatMap((engine) => engine.labs);
  const [done, total] = [
    labs.reduce((sum, one) => sum + one.done, 0),
    labs.reduce((sum, one) => sum + one.total, 0),
  ];
  document.title = `${drawing.ending === null ? `${done}/${total}` : 'ended'} ${scenario}`;
  write(place('scenario'), scenario);
  write(
    place('subject'),
    [`${lab} lab`, `profile ${profile}`, part].filter((words) => words !== '').join(' · '),
  );
  write(place('step'), drawing.ending === null && labs.length === 0 ? drawing.step : '');
  const columns = place('engines');
  keepOnly(
    columns,
    engines.map(({ name }) => name),
  );
  for (const engine of engines) showEngine(columns, engine, sentMs);
  showCharts(drawing, points);
  showEnding(drawing);
}

const points: Point[] = [];
let run: number | undefined;
place('legend').append(
  ...(['valid', 'censored', 'invalid', 'warmup'] as const).map((kind) => {
    const word = {
      valid: 'valid',
      censored: 'not restored while watched',
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

const stream = new EventSource(`events${location.search}`);
stream.onmessage = ({ data }: MessageEvent<string>): void => {
  const message = JSON.parse(data) as Message;
  if (run !== message.run) {
    place('engines').replaceChildren();
    place('strips').replaceChildren();
    stopwatches.clear();
    points.length = 0;
  }
  const isFirst = run === undefined;
  run = message.run;
  const news = message.points.slice(points.length - message.from);
  points.push(...news);
  if (!isFirst) say(...news.map(({ words }) => `${words}.`));
  write(place('note'), '');
  show(message.drawing, points);
};
stream.onerror = (): void => {
  write(
    place('note'),
    'The connection to the run is lost. This page tries again, and shows what it knows meanwhile.',
  );
};
stream.addEventListener('over', () => {
  stream.close();
  stopwatches.clear();
  write(place('note'), 'The run has ended: nothing more comes. This page stays as it is until you close it.');
});
