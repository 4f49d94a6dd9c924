import test from 'ava';
import { engineNames } from '../../record/schema.ts';
import { makeUpRun } from '../../testing/made-up-run.ts';
import { analyse } from '../analysis.ts';
import { markdownText } from '../markdown.ts';
import { byHandSection } from './by-hand.ts';

const run = makeUpRun({
  engines: engineNames,
  disturbances: ['scale-up'],
  change: (iteration) => ({
    ...iteration,
    figures: iteration.engine === 'manual' ? { steps: 2, decisions: 1, timeAtHumanPaceMs: 65_000 } : {},
  }),
});
const shown = run.results.iterations.find(({ engine, kind }) => engine === 'manual' && kind === 'measured');
const at = { atMs: 1, engine: 'manual', trial: 1, iteration: shown?.index ?? 0 } as const;

test('people and engines stand side by side, with every step that was made', (t) => {
  const text = markdownText(
    byHandSection(
      {
        ...run,
        history: [
          {
            ...at,
            type: 'runbook-step',
            step: 'decide',
            what: 'Is it meant?',
            machineMs: 0,
            personMs: 11_000,
          },
          { ...at, type: 'runbook-step', step: 'run', what: 'helm rollback', machineMs: 200, personMs: 5000 },
        ],
      },
      analyse(run.results),
    ),
  );
  t.regex(
    text,
    /\| Disturbance \| Commands \| Decisions \| At human pace \| Flux, by itself \| Argo CD, by itself \|/,
  );
  t.regex(text, /\| scale-up \| 2 \| 1 \| 1 min 5 s \| \d+\.\d+ s \| .* \|/);
  t.regex(text, /\| 1 \| decide \| Is it meant\? \| – \| 11\.0 s \|/);
  t.regex(text, /\| 2 \| run \| helm rollback \| 200 ms \| 5\.00 s \|/);
});

test('a run without a runbook has no such section', (t) => {
  const { results, history } = makeUpRun();
  t.deepEqual(byHandSection({ results, history }, analyse(results)), []);
});
