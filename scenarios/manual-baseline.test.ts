import test from 'ava';
import { readRunbook } from '../lab/engines/manual/runbook.ts';
import { driftRecovery } from './drift-recovery.ts';
import { manualBaseline } from './manual-baseline.ts';
import { rollback } from './rollback.ts';

const { application, disturbances } = manualBaseline;

test('the recoveries are those of drift-recovery and rollback', (t) => {
  t.deepEqual(disturbances, [...driftRecovery.disturbances, ...rollback.disturbances]);
  t.is(application, driftRecovery.application);
  t.is(application, rollback.application);
});

test('there is a runbook for each disturbance, and someone decides before anything is changed', async (t) => {
  for (const { name } of disturbances) {
    const { steps } = await readRunbook(application.name, name);
    const decided = steps.findIndex(({ kind }) => kind === 'decide');
    t.true(decided > 0, name);
    const early = steps.slice(0, decided).flatMap((step) => (step.kind === 'run' ? [step.command] : []));
    t.deepEqual(
      early.filter((command) => !command.startsWith('git ')),
      [],
      `${name} changes nothing but the checkout before`,
    );
  }
});

test('the numbers of replicas in the runbooks are those that Git has', async (t) => {
  const deployment = application.objectsAt(1).find(({ kind }) => kind === 'Deployment');
  const { replicas } = deployment?.['spec'] as { replicas: number };
  for (const name of ['scale-to-zero', 'scale-up', 'scale-down']) {
    const { steps } = await readRunbook(application.name, name);
    const scale = steps.find((step) => step.kind === 'run' && step.command.includes(' scale '));
    t.true(scale?.kind === 'run' && scale.command.endsWith(`--replicas=${replicas}`), name);
  }
});
