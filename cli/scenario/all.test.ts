import test from 'ava';
import { ExplainedError } from '../../common/explained-error.ts';
import { prune } from '../../scenarios/prune.ts';
import { rollback } from '../../scenarios/rollback.ts';
import { embedded } from '../../lab/embedded/provider.ts';
import type { Registry } from '../surroundings.ts';
import { allScenario } from './all.ts';
import { calibrateScenario } from './calibrate.ts';

const registry: Registry = {
  labs: [{ name: 'embedded', summary: '', flags: ['nodes'], choose: () => embedded }],
  engines: ['flux', 'argocd'],
  scenarios: [prune, rollback],
  otherScenarios: [calibrateScenario],
};

async function refusal(flags: Parameters<ReturnType<typeof allScenario>['prepare']>[0]) {
  try {
    await allScenario(registry).prepare(flags, {}, ['all']);
  } catch (error) {
    if (error instanceof ExplainedError) return error;
    throw error;
  }
  throw new Error('it was not refused');
}

test('a misspelled scenario of the list is answered with the nearest one', async (t) => {
  const { message, next, exitCode } = await refusal({ only: 'prune,rolback' });
  t.is(message, 'unknown scenario "rolback"');
  t.regex(next ?? '', /did you mean "rollback"/);
  t.is(exitCode, 2);
});

test('a scenario that is no part of it is refused, with how to run it by itself', async (t) => {
  const { message, next } = await refusal({ only: 'calibrate' });
  t.regex(message, /^calibrate is no part of all: /);
  t.is(next, 'run it by itself: npm run scenario calibrate');
});

test('flags that mean something for one scenario alone are refused', async (t) => {
  const [threshold, keepLab] = [await refusal({ threshold: [] }), await refusal({ keepLab: true })];
  t.is(threshold.message, 'all has no use for --threshold');
  t.is(keepLab.message, 'all has no use for --keep-lab');
});

test('without a list, every scenario that can be a part is, in order and with one seed', async (t) => {
  const series = await allScenario(registry).prepare({ seed: 3 }, {}, ['all']);
  t.true('parts' in series);
  if (!('parts' in series)) return;
  t.deepEqual(
    series.parts.map(({ name, run }) => [name, run.seed]),
    [
      ['prune', 3],
      ['rollback', 3],
    ],
  );
});
