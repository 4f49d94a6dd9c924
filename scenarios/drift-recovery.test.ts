import test from 'ava';
import { driftRecovery } from './drift-recovery.ts';
import { differingPaths } from './probes/difference.ts';
import { objectNames } from './runner/judge.ts';

test('the names of the disturbances are those that scripts rely on', (t) => {
  t.deepEqual(
    driftRecovery.disturbances.map(({ name }) => name),
    [
      'delete-deployment',
      'delete-service',
      'delete-configmap',
      'delete-namespace',
      'scale-to-zero',
      'scale-up',
      'scale-down',
      'edit-image',
      'edit-env',
    ],
  );
});

test('what a disturbance hits, restores and readies belongs to the application', (t) => {
  const known = objectNames(driftRecovery.application);
  for (const { name, target, restores, readies } of driftRecovery.disturbances) {
    t.deepEqual(
      [target, ...restores, ...readies].filter((object) => !known.includes(object)),
      [],
      name,
    );
    t.true(restores.includes(target), name);
  }
});

test('every release changes the content of the application, but not what a disturbance hits', (t) => {
  const { objectsAt } = driftRecovery.application;
  const changes = objectsAt(1).flatMap((object, index) => differingPaths(object, objectsAt(2)[index]));
  t.deepEqual(changes, ['data.release']);
});
