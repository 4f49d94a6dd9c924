// What the page of the live view does in a browser: it follows the stream of the run, and draws what that tells.
import type { Drawing, Message, Point } from '../drawing.ts';
import { showCharts, showLegend } from './charts.ts';
import { fill, keepOnly, make, place, write } from './dom.ts';
import { showEngine, stopStopwatches } from './engines.ts';
import { say } from './say.ts';

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
showLegend();
const stream = new EventSource(`events${location.search}`);
stream.onmessage = ({ data }: MessageEvent<string>): void => {
  const message = JSON.parse(data) as Message;
  if (run !== message.run) {
    place('engines').replaceChildren();
    place('strips').replaceChildren();
    stopStopwatches();
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
  stopStopwatches();
  write(place('note'), 'The run has ended: nothing more comes. This page stays as it is until you close it.');
});
