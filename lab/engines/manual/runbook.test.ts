import test from 'ava';
import { readdir } from 'node:fs/promises';
import path from 'node:path';
import { ExplainedError } from '../../../common/explained-error.ts';
import { parseRunbook, readRunbook, runbookPrograms, runbooksDirectory } from './runbook.ts';

test('the kind of each step is told by its key', (t) => {
  const text = [
    'title: Put it back',
    'steps:',
    '  - look: kubectl get pods',
    '    shows: Pending',
    '  - decide: Is it meant?',
    '    answer: no',
    '  - run: helm rollback shop',
    '  - verify: kubectl diff -f fleet',
  ].join('\n');
  t.deepEqual(parseRunbook(text, 'a test'), {
    title: 'Put it back',
    steps: [
      { kind: 'look', command: 'kubectl get pods', shows: 'Pending' },
      { kind: 'decide', question: 'Is it meant?', answer: 'no' },
      { kind: 'run', command: 'helm rollback shop' },
      { kind: 'verify', command: 'kubectl diff -f fleet' },
    ],
  });
});

const wrong = [
  'run: rm -rf fleet',
  'run: kubectl get pods | grep web',
  'run: kubectl get pods; rm fleet',
  "run: kubectl get 'pods'",
  'run: kubectl get  pods',
  'run: kubectl',
  'verify: $KUBECTL get pods',
  'look: kubectl get pods',
  'decide: Is it meant?',
  'wait: kubectl get pods',
];

for (const step of wrong) {
  test(`a step that nobody could follow as it stands is refused: ${step}`, (t) => {
    const error = t.throws(() => parseRunbook(`title: A\nsteps:\n  - ${step}\n`, 'my.yaml'), {
      instanceOf: ExplainedError,
    });
    t.is(error.message, 'my.yaml is no runbook');
  });
}

test('a runbook that is not there is explained with the file to write', async (t) => {
  const error = await t.throwsAsync(readRunbook('shop', 'flood'), { instanceOf: ExplainedError });
  t.is(error.message, 'there is no runbook for flood of shop');
  t.is(error.next, 'write playbooks/runbooks/shop/flood.yaml');
});

test('every runbook that is there can be followed: kubectl, helm and git, and a proof at the end', async (t) => {
  const names = (await readdir(path.join(runbooksDirectory, 'shop'))).map((file) =>
    path.basename(file, '.yaml'),
  );
  t.true(names.includes('deploy'));
  for (const name of names) {
    const { steps } = await readRunbook('shop', name);
    const commands = steps.flatMap((step) => (step.kind === 'decide' ? [] : [step.command]));
    for (const command of commands) t.true(runbookPrograms.some((one) => command.startsWith(`${one} `)));
    t.is(steps.at(-1)?.kind, 'verify', name);
  }
});
