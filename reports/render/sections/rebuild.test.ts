import test from 'ava';
import type { Observation } from '../../record/observation.ts';
import { makeUpRun } from '../../testing/made-up-run.ts';
import { markdownText } from '../markdown.ts';
import { rebuildSection } from './rebuild.ts';

const run = makeUpRun({ engines: ['flux'], disturbances: ['edit-env'], iterationsPerDisturbance: 1 });
const [iteration] = run.results.iterations.filter(({ kind }) => kind === 'measured');

type Fact = Extract<Observation, { type: 'compared' | 'command' | 'engine-memory' }>;
type Bare<Member> = Member extends unknown ? Omit<Member, 'atMs' | 'engine' | 'trial' | 'iteration'> : never;

function of(fact: Bare<Fact>): Observation {
  if (iteration === undefined) throw new Error('no iteration was made up');
  return { ...fact, atMs: 1, engine: iteration.engine, trial: 1, iteration: iteration.index };
}

const compared: Bare<Extract<Fact, { type: 'compared' }>> = {
  type: 'compared',
  objects: 13,
  differing: [{ object: 'ConfigMap/web', paths: ['data.release'] }],
  missing: ['Service/web'],
  extra: ['Secret/new'],
  leftOut: [{ what: 'metadata.uid', reason: 'the API server draws it', objects: 13 }],
};

function sectionOf(...facts: readonly Bare<Fact>[]): string {
  return markdownText(rebuildSection({ ...run, history: facts.map(of) }));
}

test('each comparison has its counts, and each difference its object', (t) => {
  const text = sectionOf(compared);
  t.regex(text, /\| edit-env \| Flux \| \d+ \| 13 \| 10 \| 1 \| 1 \| 1 \|/);
  t.regex(text, /`ConfigMap\/web` in `data.release`/);
  t.regex(text, /`Service\/web` is missing/);
  t.regex(text, /`Secret\/new` is new/);
  t.regex(text, /\| `metadata.uid` \| the API server draws it \| 13 \|/);
});

test('the commands of the last rebuild are listed, and what the engine forgot', (t) => {
  const text = sectionOf(
    compared,
    { type: 'command', command: 'flux bootstrap git' },
    {
      type: 'engine-memory',
      changes: [{ path: 'status.history', objects: 2, before: '5 entries', after: '1 entry' }],
    },
  );
  t.regex(text, /Flux: 1 command: `flux bootstrap git`/);
  t.regex(text, /\| `status.history` \| 2 \| 5 entries \| 1 entry \|/);
});

test('a run that rebuilt nothing has no such section', (t) => {
  t.deepEqual(rebuildSection(run), []);
});
