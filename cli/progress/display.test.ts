import test from 'ava';
import { PassThrough } from 'node:stream';
import { stripVTControlCharacters } from 'node:util';
import type { Clock } from '../../common/clock.ts';
import type { EngineName } from '../../reports/record/schema.ts';
import type { RunEvent } from '../../scenarios/runner/progress.ts';
import type { DisplayStream } from './display.ts';
import { openDisplay } from './open-display.ts';

type Iteration = Extract<RunEvent, { type: 'iteration' }>['iteration'];

function iterationEvent(engine: EngineName, changes: Partial<Iteration> = {}): RunEvent {
  const iteration: Iteration = {
    index: 1,
    engine,
    trial: 1,
    disturbance: 'delete-service',
    kind: 'measured',
    verdict: 'valid',
    reason: '',
    revision: 'abc',
    phase: 'random',
    phaseMs: 0,
    repeat: 0,
    attemptsBefore: 0,
    timesAreBounds: false,
    disturbedAtMs: 0,
    timeToDetectMs: 420,
    timeToRestoreMs: 1200,
    timeToReadyMs: null,
    timeToSettleMs: null,
    figures: {},
    watchedForMs: 2000,
    ...changes,
  };
  return {
    type: 'iteration',
    trial: { engine, trial: 1 },
    iteration,
    done: 3,
    total: 55,
    remainingMs: 90_400,
  };
}

/** A stream that keeps what is written to it, and a clock that stands. */
function stage(isTTY: boolean, columns = 120) {
  const sink = new PassThrough();
  const written: string[] = [];
  sink.on('data', (chunk: Buffer) => written.push(chunk.toString()));
  const stream: DisplayStream = Object.assign(sink, { isTTY, columns });
  const clock: Clock = { nowMs: () => 65_200, wallTime: () => new Date(2026, 10, 21, 12, 0) };
  const take = (): string => {
    const text = written.join('');
    written.length = 0;
    return text;
  };
  return { stream, clock, take };
}

test('without a terminal there are plain lines behind the elapsed time', (t) => {
  const { stream, clock, take } = stage(false);
  const display = openDisplay(stream, {}, clock);
  display.run({ type: 'step', trial: { engine: 'argocd', trial: 1 }, text: 'control plane ready in 3.1 s' });
  display.run({ type: 'activity', trial: { engine: 'flux', trial: 1 }, text: 'waiting' });
  display.run(iterationEvent('flux'));
  display.run(iterationEvent('flux', { kind: 'warmup', verdict: 'invalid', reason: 'the engine was busy' }));
  display.say('done');
  display.close();
  t.is(
    take(),
    [
      '[01:05] Argo CD: control plane ready in 3.1 s',
      '[01:05] Flux 3/55 delete-service: detect 420 ms, restore 1.20 s · ends about 12:01',
      '[01:05] Flux 3/55 delete-service (warm-up): invalid: the engine was busy · detect 420 ms, restore 1.20 s · ends about 12:01',
      '[01:05] done',
      '',
    ].join('\n'),
  );
});

test('CI gets plain lines even where it offers a terminal', (t) => {
  const { stream, clock, take } = stage(true);
  const display = openDisplay(stream, { CI: 'true' }, clock);
  display.run(iterationEvent('flux'));
  display.close();
  t.false(take().includes('\u001b'));
});

test('on a terminal the activity is rewritten in place, and iterations stay', (t) => {
  const { stream, clock, take } = stage(true);
  const display = openDisplay(stream, {}, clock);
  display.run({
    type: 'activity',
    trial: { engine: 'flux', trial: 1 },
    text: 'waiting for the steady state',
  });
  t.true(stripVTControlCharacters(take()).startsWith('Flux     waiting for the steady state\n'));
  display.run(iterationEvent('flux'));
  const text = take();
  // Two lines had been drawn: the engine's and the whole's.
  t.true(text.startsWith('\u001b[1G\u001b[2A\u001b[0J'));
  t.deepEqual(stripVTControlCharacters(text).split('\n'), [
    'Flux 3/55 delete-service: detect 420 ms, restore 1.20 s',
    'Flux     3/55 waiting for the steady state · about 1 min 30 s left · last: detect 420 ms, restore 1.20 s',
    '1 min 5 s so far · ends about 12:01 · Ctrl-C stops and keeps the results',
    '',
  ]);
  display.close();
  t.true(take().endsWith('\u001b[2A\u001b[0J'), 'nothing of the rewritten area stays');
});

test('a closed display still writes lines that stay, and rewrites nothing any more', (t) => {
  const { stream, clock, take } = stage(true);
  const display = openDisplay(stream, { NO_COLOR: '1' }, clock);
  display.run({ type: 'activity', trial: { engine: 'flux', trial: 1 }, text: 'pausing' });
  display.close();
  take();
  display.run({ type: 'activity', trial: { engine: 'flux', trial: 1 }, text: 'unwinding' });
  display.run({ type: 'step', trial: { engine: 'flux', trial: 1 }, text: 'stopped' });
  display.close();
  t.is(take(), 'Flux: stopped\n');
});

test('each engine has a line of its own', (t) => {
  const { stream, clock, take } = stage(true);
  const display = openDisplay(stream, {}, clock);
  display.run({ type: 'activity', trial: { engine: 'flux', trial: 1 }, text: 'pausing' });
  display.run({ type: 'activity', trial: { engine: 'argocd', trial: 1 }, text: 'watching' });
  display.close();
  const text = stripVTControlCharacters(take());
  t.regex(text, /Flux {5}pausing\nArgo CD {2}watching\n/);
});

test('an engine whose disturbances are shared out over two labs has a line for each', (t) => {
  const { stream, clock, take } = stage(true);
  const display = openDisplay(stream, {}, clock);
  display.run({ type: 'activity', trial: { engine: 'flux', trial: 1 }, text: 'pausing' });
  display.run({ type: 'activity', trial: { engine: 'flux', trial: 2 }, text: 'watching' });
  display.close();
  const text = stripVTControlCharacters(take());
  t.regex(text, /Flux {5}pausing\nFlux \(2\) watching\n/);
});

test('rewritten lines never wrap on a narrow terminal', (t) => {
  const { stream, clock, take } = stage(true, 20);
  const display = openDisplay(stream, { NO_COLOR: '1' }, clock);
  display.run({
    type: 'activity',
    trial: { engine: 'flux', trial: 1 },
    text: 'waiting for the steady state',
  });
  display.close();
  for (const line of stripVTControlCharacters(take()).split('\n')) t.true(line.length < 20, line);
});

test('NO_COLOR is respected, and colours are there without it', (t) => {
  const colour = /\[\d+m/;
  const bare = stage(true);
  const display = openDisplay(bare.stream, { NO_COLOR: '1' }, bare.clock);
  display.run(iterationEvent('flux', { verdict: 'censored', reason: 'not restored within 60 s' }));
  display.close();
  t.notRegex(bare.take(), colour);
  const coloured = stage(true);
  const other = openDisplay(coloured.stream, {}, coloured.clock);
  other.run(iterationEvent('flux'));
  other.close();
  t.regex(coloured.take(), colour);
});

const stageAt = (number: number, detail: string): RunEvent => ({
  type: 'stage',
  trial: { engine: 'flux', trial: 1 },
  stage: { stage: `play ${number}`, number, count: 7, detail },
});

test('without a terminal a stage is one line, when it begins', (t) => {
  const { stream, clock, take } = stage(false);
  const display = openDisplay(stream, {}, clock);
  for (const event of [stageAt(2, 'a'), stageAt(2, 'b'), stageAt(3, 'c')]) display.run(event);
  t.is(take(), '[01:05] Flux: 2 of 7, play 2\n[01:05] Flux: 3 of 7, play 3\n');
});

test('on a terminal a stage shows what it is at, and for how long', (t) => {
  const { stream, take } = stage(true);
  let nowMs = 0;
  const clock: Clock = { nowMs: () => nowMs, wallTime: () => new Date(2026, 10, 21, 12, 0) };
  const display = openDisplay(stream, { NO_COLOR: '1' }, clock);
  display.run(stageAt(2, 'first task'));
  take();
  nowMs = 64_000;
  display.run(stageAt(2, 'second task'));
  t.regex(stripVTControlCharacters(take()), /^Flux {5}2 of 7, play 2: second task · 1 min 4 s\n/m);
  display.run(stageAt(3, ''));
  t.regex(stripVTControlCharacters(take()), /^Flux {5}3 of 7, play 3 · 1 s\n/m);
  display.close();
});
