import test from 'ava';
import { analyse } from '../analysis.ts';
import { markdownText } from '../markdown.ts';
import { makeUpRun } from '../../testing/made-up-run.ts';
import { figureCells, figuresSection } from './figures.ts';

test('a figure has its median, its range, and how often there was nothing to be measured', (t) => {
  t.deepEqual(figureCells([300, 100, null, 200], 'ms'), ['3', '200 ms', '100 ms to 300 ms', '1']);
  t.deepEqual(figureCells([2, 2], 'count'), ['2', '2', '2', '0']);
  t.deepEqual(figureCells([null], 'ms'), ['0', '–', '–', '1']);
});

test('each disturbance and engine has a row, by the iterations that count', (t) => {
  const { results } = makeUpRun({
    disturbances: ['edit-env'],
    change: (iteration) => ({
      ...iteration,
      figures: { timeUnservedMs: iteration.kind === 'warmup' ? 9000 : 40 },
    }),
  });
  const figures = [{ name: 'timeUnservedMs', title: 'Time without service', unit: 'ms' as const }];
  const told = { ...results, scenario: { ...results.scenario, figures } };
  const text = markdownText(figuresSection(told, analyse(told)));
  t.true(text.includes('| edit-env | Flux | 6 | 40 ms | 40 ms | 0 |'), text);
  t.true(text.includes('| edit-env | Argo CD | 6 | 40 ms | 40 ms | 0 |'), text);
  t.deepEqual(
    figuresSection(results, analyse(results)),
    [],
    'a scenario that measures no more has no section',
  );
});
