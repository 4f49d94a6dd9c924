import test from 'ava';
import { commandForRest } from './rest-of-series.ts';

const typed = ['npm', 'run', 'scenario', '--', 'all'];

test('what is left is made with the same seed and flags as what was made', (t) => {
  const commandLine = [...typed, '--only', 'prune,rollback', '--engine=flux', '--out', "it's mine"];
  t.is(
    commandForRest(['rollback'], { commandLine, seed: 7 }),
    String.raw`npm run scenario -- all --only rollback --seed 7 --engine=flux --out 'it'\''s mine'`,
  );
});

test('a list and a seed that were typed give way to those that are left', (t) => {
  const commandLine = [...typed, '--seed=7', '--only=prune,rollback'];
  t.is(
    commandForRest(['prune', 'rollback'], { commandLine, seed: 7 }),
    'npm run scenario -- all --only prune,rollback --seed 7',
  );
});
