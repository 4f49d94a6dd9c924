import test from 'ava';
import { ExplainedError } from '../../common/explained-error.ts';
import { embedded } from '../../lab/embedded/provider.ts';
import { chooseLab, demandAbilities, isAble } from './choose-lab.ts';

const real = { ...embedded, name: 'real', podsAreSimulated: false };
const simulated = { name: 'embedded', summary: 'simulated', choose: () => embedded };
const labs = [simulated, { name: 'real', summary: 'real', choose: () => real }] as const;
const scenario = { name: 'availability', needsPods: true } as const;

test('the first lab is taken where none is named, with one node', (t) => {
  t.deepEqual(chooseLab({}, { labs }), { lab: embedded, nodes: 1 });
  t.deepEqual(chooseLab({ lab: 'real', nodes: 3 }, { labs }), { lab: real, nodes: 3 });
});

test('a scenario that needs real pods is refused where they are simulated, with the labs that have them', (t) => {
  const refused = (registry: Parameters<typeof demandAbilities>[2]) =>
    t.throws(
      () => {
        demandAbilities(scenario, embedded, registry);
      },
      { instanceOf: ExplainedError },
    );
  t.like(refused({ labs }), {
    message: "availability can't be run in the embedded lab",
    next: 'its pods are simulated, and no container runs in them; --lab real can',
    exitCode: 2,
  });
  t.like(refused({ labs: [simulated] }), {
    next: 'its pods are simulated, and no container runs in them; no lab of this version has all that it needs',
  });
});

test('it is run where pods are real, and others everywhere', (t) => {
  t.notThrows(() => {
    demandAbilities(scenario, real, { labs });
  });
  t.true(isAble({}, embedded));
  t.false(isAble(scenario, embedded));
});
