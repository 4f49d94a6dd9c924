import test from 'ava';
import type { Prerequisites } from '../../lab/toolchain/prerequisites.ts';
import { findingLines } from './finding.ts';
import { judgeLab } from './labs.ts';
import { judgeMemory, judgeNode } from './machine.ts';
import { judgeAbility, judgePrograms, type ProgramFacts } from './programs.ts';

function factsWith(prerequisites: Partial<Prerequisites>, facts: Partial<ProgramFacts> = {}): ProgramFacts {
  return {
    prerequisites: {
      cacheDirectory: '/cache',
      freeBytes: 50e9,
      neededBytes: 10e9,
      go: { version: '1.26.4' },
      tools: [
        { name: 'etcd', state: 'ready', version: 'v3', origin: 'go' },
        { name: 'kwok', state: 'missing' },
      ],
      ...prerequisites,
    },
    unreachable: new Map(),
    published: new Set(),
    ...facts,
  };
}

const noGo = { go: { problem: 'go was not found' } };

test('Node is measured by the oldest that runs', (t) => {
  t.is(judgeNode('20.19.0').mark, 'good');
  t.is(judgeNode('24.0.0').mark, 'good');
  t.is(judgeNode('20.18.3').mark, 'bad');
  t.is(judgeNode('18.20.0').mark, 'bad');
});

test('little memory is a warning that names a way out', (t) => {
  t.is(judgeMemory(4e9, 2).mark, 'good');
  const scarce = judgeMemory(2e9, 2);
  t.is(scarce.mark, 'warning');
  t.regex(scarce.remedy ?? '', /--engine flux/);
});

test('a missing program is no obstacle where Go can build it', (t) => {
  const facts = factsWith({});
  t.deepEqual(
    judgePrograms(facts).map(({ mark }) => mark),
    ['good', 'good', 'warning'],
  );
  t.is(judgeAbility('the embedded lab', ['etcd', 'kwok'], facts).mark, 'good');
});

test('a missing program is no obstacle where its publisher answers', (t) => {
  const facts = factsWith(noGo, { published: new Set(['kwok']) });
  t.false(judgePrograms(facts).some(({ mark }) => mark === 'bad'));
  t.is(judgeAbility('the embedded lab', ['kwok'], facts).mark, 'good');
});

test('a missing program with no way to it is an obstacle, named with what it keeps from running', (t) => {
  const facts = factsWith(noGo, { unreachable: new Map([['https://dl.k8s.io', 'no such host']]) });
  const [go, hosts] = judgePrograms(facts);
  t.is(go?.mark, 'bad');
  t.regex(go?.remedy ?? '', /install Go/);
  t.is(hosts?.text, "these official sources can't be reached: dl.k8s.io");
  t.is(judgeAbility('Flux', ['etcd'], facts).mark, 'good');
  t.is(
    judgeAbility('the embedded lab', ['kwok'], facts).text,
    "the embedded lab can't run: there is no way to kwok",
  );
});

test('a remedy stands below its finding', (t) => {
  const lines = findingLines(
    [
      { mark: 'bad', text: 'no git', remedy: 'install git' },
      { mark: 'good', text: 'Node' },
    ],
    false,
  );
  t.deepEqual(lines, ['✘ no git', '    install git', '✔ Node']);
});

test('a lab that can not run is named with why and what helps, and only the default one is in the way', (t) => {
  const programs = judgeAbility('the k3s lab', [], factsWith({}));
  const found = ['docker 28.2.2'];
  t.deepEqual(judgeLab('k3s', false, programs, { found, obstacles: [] }), [
    { mark: 'good', text: 'the k3s lab can run: docker 28.2.2' },
  ]);
  const obstacles = [{ what: 'there is no image', remedy: 'load it', isFatal: true }];
  const lacking = { text: "the k3s lab can't run: there is no image", remedy: 'load it' };
  t.deepEqual(judgeLab('k3s', false, programs, { found, obstacles }), [{ mark: 'warning', ...lacking }]);
  t.deepEqual(judgeLab('k3s', true, programs, { found, obstacles }), [{ mark: 'bad', ...lacking }]);
});

test('a lab that may not run is still one that can', (t) => {
  const programs = judgeAbility('the kind lab', [], factsWith({}));
  const obstacles = [{ what: 'memory is scarce', remedy: 'give it more', isFatal: false }];
  const findings = judgeLab('kind', false, programs, { found: [], obstacles });
  t.deepEqual(
    findings.map(({ text }) => text),
    ['the kind lab can run', 'the kind lab may not run: memory is scarce'],
  );
  const away = judgeAbility('the kind lab', ['kwok'], factsWith(noGo));
  const [only] = judgeLab('kind', false, away, { found: [], obstacles: [] });
  t.like(only, { mark: 'warning', text: "the kind lab can't run: there is no way to kwok" });
});
