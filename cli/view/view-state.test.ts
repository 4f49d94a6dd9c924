import test from 'ava';
import { makeUpRun } from '../../reports/testing/made-up-run.ts';
import type { RunEvent } from '../../scenarios/runner/progress.ts';
import { draw, pointOf } from './draw.ts';
import { firstState, nextState, type RunSubject, type ViewState } from './view-state.ts';

const subject: RunSubject = {
  scenario: 'drift-recovery',
  lab: 'embedded',
  profile: 'matched',
  engines: ['flux', 'argocd'],
  disturbances: ['delete-deployment', 'edit-env'],
};
const flux = { engine: 'flux', trial: 1 } as const;
const { results, history } = makeUpRun({ disturbances: ['edit-env'], iterationsPerDisturbance: 1 });

function after(events: readonly RunEvent[], state: ViewState = firstState(subject)): ViewState {
  return events.reduce((before, event, index) => nextState(before, event, 1000 * (index + 1)), state);
}

const factsOf = (index: number): RunEvent[] =>
  history
    .filter(({ engine, iteration }) => engine === 'flux' && iteration === index)
    .map((observation) => ({ type: 'observation', observation }));

/** What the run says when its first iteration, or a later one, has ended. */
function ended(index: number): RunEvent {
  const iteration = results.iterations.find((one) => one.engine === 'flux' && one.index === index);
  if (iteration === undefined) throw new Error(`there is no iteration ${index}`);
  return { type: 'iteration', trial: flux, iteration, done: index, total: 2, remainingMs: 30_000 };
}

const labOf = (state: ViewState, nowMs = 0) => draw(state, nowMs).engines[0]?.labs[0];

test('both engines have their side before anything has happened', (t) => {
  const { engines, scenario } = draw(firstState(subject), 0);
  t.deepEqual(
    [scenario, ...engines.map(({ title, labs }) => `${title} ${labs.length}`)],
    ['drift-recovery', 'Flux 0', 'Argo CD 0'],
  );
});

test('a step of no lab is told of the whole, and one of a lab in its engine', (t) => {
  const state = after([
    { type: 'step', text: 'programs are ready' },
    { type: 'step', trial: flux, text: 'installing' },
    { type: 'activity', trial: flux, text: 'waiting' },
  ]);
  t.is(draw(state, 0).step, 'programs are ready');
  t.is(labOf(state)?.activity, 'waiting');
});

test('an iteration goes on from its revision, and its stopwatch from the disturbance', (t) => {
  const facts = factsOf(1);
  const disturbing = facts.findIndex(
    (event) => event.type === 'observation' && event.observation.type === 'disturbing',
  );
  t.true(disturbing > 0);
  const before = labOf(after(facts.slice(0, disturbing)))?.running;
  t.is(before?.title, 'iteration 1: edit-env (warm-up)');
  t.is(before?.zeroMs, null);
  const running = labOf(after(facts.slice(0, disturbing + 1)))?.running;
  t.is(running?.zeroMs, 1000 * (disturbing + 1));
  t.is(running?.endMs, null);
});

test('once watching has ended, the stopwatch stands', (t) => {
  const facts = factsOf(1);
  t.is(labOf(after(facts))?.running?.endMs, 1000 * facts.length);
});

test('an iteration that has ended keeps its timeline, with what was measured, until the next is disturbed', (t) => {
  const lab = labOf(after([...factsOf(1), ended(1)]));
  t.is(lab?.running?.title, 'the next iteration');
  t.is(lab?.timeline?.title, 'iteration 1: edit-env (warm-up)');
  t.true(lab?.timeline?.entries.some(({ source }) => source === 'measured'));
  const next = labOf(after([...factsOf(1), ended(1), ...factsOf(2)]));
  t.is(next?.timeline?.title, 'iteration 2: edit-env');
});

test('what is left is counted from the moment of the forecast', (t) => {
  const state = after([ended(1)]);
  const lab = labOf(state, 11_000);
  t.deepEqual([lab?.done, lab?.total, lab?.left], [1, 2, 'about 20 s left']);
  const made = labOf(after([ended(1), ended(2)]));
  t.deepEqual([made?.left, made?.activity], ['', 'all iterations are made']);
});

test('a censored iteration is drawn at the time for which it was watched, with its reason', (t) => {
  const event = ended(1);
  if (event.type !== 'iteration') throw new Error('no iteration');
  const { verdict, valueMs, value, words } = pointOf(event.iteration);
  t.deepEqual([verdict, valueMs, value], ['censored', 300_000, 'more than 5 min 0 s']);
  t.regex(words, /^Flux, iteration 1: edit-env \(warm-up\): censored: not restored within/);
});

test('a long recovery keeps its newest facts, and says how many entries came before those that are shown', (t) => {
  const [first] = factsOf(1).filter(
    (event) => event.type === 'observation' && event.observation.type === 'object',
  );
  if (first?.type !== 'observation' || first.observation.type !== 'object') throw new Error('no object');
  const { observation } = first;
  const many = Array.from({ length: 500 }, (_, index): RunEvent => {
    return {
      type: 'observation',
      observation: { ...observation, atMs: 30_000 + index, summary: `${index}` },
    };
  });
  const state = after([...factsOf(1).slice(0, 3), ...many]);
  t.is(state.trials['flux']?.running?.facts.length, 300);
  const timeline = labOf(state)?.timeline;
  t.true((timeline?.leftOut ?? 0) > 200);
  t.regex(timeline?.entries.at(-1)?.text ?? '', /499/);
});

test('an event changes no state that came before it', (t) => {
  const before = after(factsOf(1));
  const copy = structuredClone(before);
  after([ended(1), ...factsOf(2)], before);
  t.deepEqual(before, copy);
});

test('a run that has ended has nothing that goes on', (t) => {
  const ending = {
    status: 'interrupted',
    reason: 'stopped by the user',
    headline: '',
    report: 'report.html',
  };
  const drawing = draw({ ...after(factsOf(1)), ending }, 0);
  t.deepEqual(drawing.ending, ending);
  t.is(drawing.engines[0]?.labs[0]?.running, null);
});
