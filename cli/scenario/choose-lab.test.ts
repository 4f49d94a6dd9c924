import test from 'ava';
import { ExplainedError } from '../../common/explained-error.ts';
import { embedded } from '../../lab/embedded/provider.ts';
import type { LabProvider } from '../../lab/provider.ts';
import { controllerCrash } from '../../scenarios/controller-crash.ts';
import type { Scenario } from '../../scenarios/scenario.ts';
import { chooseLab, demandAbilities, isAble } from './choose-lab.ts';

const bare: LabProvider = {
  ...embedded,
  name: 'bare',
  abilities: { features: ['helm'], registry: false, operator: false, forges: ['git-http'] },
};
const registry = {
  labs: [
    { name: 'embedded', summary: '', flags: ['nodes'], choose: () => embedded },
    { name: 'bare', summary: '', flags: ['nodes'], choose: () => bare },
  ] as const,
};

test('the first lab is taken where none is named, with one node', (t) => {
  t.deepEqual(chooseLab({}, registry), { lab: embedded, nodes: 1 });
  t.deepEqual(chooseLab({ lab: 'bare', nodes: 3 }, registry), { lab: bare, nodes: 3 });
});

test('a flag that the lab does not take is refused, with the labs that take it', (t) => {
  const cluster = { name: 'there', summary: '', flags: ['context'], choose: () => bare } as const;
  const labs = [...registry.labs, cluster] as const;
  const refusal = (flags: Parameters<typeof chooseLab>[0]) =>
    t.throws(() => chooseLab(flags, { labs }), { instanceOf: ExplainedError });
  t.like(refusal({ context: ['mine'] }), {
    message: 'the embedded lab does not take --context',
    next: 'leave it out; --lab there takes it',
    exitCode: 2,
  });
  t.like(refusal({ lab: 'there', nodes: 2 }), {
    message: 'the there lab does not take --nodes',
    next: 'leave it out; --lab embedded or --lab bare take it',
  });
  t.deepEqual(chooseLab({ lab: 'there', context: ['mine'] }, { labs }), { lab: bare, nodes: 1 });
});

test('a lab that lacks what a scenario needs is refused, with those that have it', (t) => {
  const demand = (needs: Parameters<typeof demandAbilities>[0]): ExplainedError | undefined =>
    t.throws(
      () => {
        demandAbilities(needs, bare, registry);
      },
      { instanceOf: ExplainedError },
    );
  const error = demand({ name: 'image-update', needs: ['images', 'helm'], registry: true, operator: true });
  t.is(error?.message, "image-update can't be run in the bare lab");
  t.regex(error?.next ?? '', /images, a registry, the lab's operator yet; --lab embedded can/);
  t.regex(demand({ name: 'promotion', forge: 'gitea' })?.next ?? '', /support for gitea/);
  t.notThrows(() => {
    demandAbilities({ name: 'helm-release', needs: ['helm'] }, bare, registry);
  });
});

test('a scenario that needs real pods is refused where they are simulated, with the labs that have them', (t) => {
  const scenario = { name: 'availability', needsPods: true } as const;
  const real = { ...embedded, name: 'real', podsAreSimulated: false };
  const withReal = [
    registry.labs[0],
    { name: 'real', summary: '', flags: ['nodes'], choose: () => real },
  ] as const;
  const refused = (labs: Parameters<typeof demandAbilities>[2]['labs']) =>
    t.throws(
      () => {
        demandAbilities(scenario, embedded, { labs });
      },
      { instanceOf: ExplainedError },
    );
  const why = 'its pods are simulated, and no container runs in them';
  t.like(refused(withReal), {
    message: "availability can't be run in the embedded lab",
    next: `${why}; --lab real can`,
    exitCode: 2,
  });
  t.is(refused(registry.labs).next, `${why}; no lab of this version has all that it needs`);
  t.true(isAble(scenario, real));
  t.false(isAble(scenario, embedded));
});

test('a scenario is run in as many of the clusters that are there as it has environments', (t) => {
  const there = (clusters: number) => ({ ...bare, abilities: { ...bare.abilities, clusters } });
  const environments = ['staging', 'production'].map((name) => ({ name }));
  const two = { name: 'replica-change', environments } as unknown as Scenario;
  const refusal = (scenario: Pick<Scenario, 'name'>, clusters: number) =>
    t.throws(
      () => {
        demandAbilities(scenario, there(clusters), registry);
      },
      { instanceOf: ExplainedError },
    );
  t.regex(refusal(two, 1).next ?? '', /2 clusters at once, which --context A,B can name/);
  t.is(refusal({ name: 'rollback' }, 2).message, '2 clusters are named, and rollback is run in 1');
  t.notThrows(() => {
    demandAbilities(two, there(2), registry);
  });
});

test('an engine that may be somebody else’s is not crashed', (t) => {
  const sparing = { ...bare, abilities: { ...bare.abilities, sparesEngine: true } } as const;
  t.false(isAble(controllerCrash, sparing));
  const refused = t.throws(() => {
    demandAbilities(controllerCrash, sparing, registry);
  });
  t.is(refused.message, "controller-crash can't be run with --adopt");
  t.true(isAble(controllerCrash, bare));
});

test('a scenario that loses machines is refused where they can not be lost, and told of the part that can be made', (t) => {
  const disturbances = [
    { name: 'worker-off', machines: 'power' },
    { name: 'worker-rebuilt', machines: 'rebuild' },
  ] as const;
  const scenario = { name: 'machine-loss', disturbances };
  const able = (machines: 'power' | 'rebuild'): LabProvider => ({
    ...bare,
    abilities: { ...bare.abilities, machines },
  });
  const labs = [
    registry.labs[0],
    { name: 'off', summary: '', flags: [], choose: () => able('power') },
    { name: 'anew', summary: '', flags: [], choose: () => able('rebuild') },
  ] as const;
  const refused = (lab: LabProvider) =>
    t.throws(
      () => {
        demandAbilities(scenario, lab, { labs });
      },
      { instanceOf: ExplainedError },
    ).next;
  t.is(refused(bare), 'that lab has no support for turning machines off yet; --lab anew can');
  t.is(
    refused(able('power')),
    'that lab has no support for making machines anew yet; --lab anew can; a part of it can: --only worker-off',
  );
  t.true(isAble(scenario, able('rebuild')));
});

test('a scenario gets as many nodes as it takes, and refuses fewer', (t) => {
  const scenario = { name: 'machine-loss', leastNodes: 3 };
  t.is(chooseLab({ lab: 'bare' }, registry, scenario).nodes, 3);
  t.is(chooseLab({ lab: 'bare', nodes: 4 }, registry, scenario).nodes, 4);
  t.throws(() => chooseLab({ lab: 'bare', nodes: 2 }, registry, scenario), {
    message: /at least 3 nodes, and not 2/,
  });
});
