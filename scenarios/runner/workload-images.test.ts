import test from 'ava';
import { badCommit } from '../bad-commit.ts';
import { driftRecovery } from '../drift-recovery.ts';
import { rollback } from '../rollback.ts';
import { workloadImages } from './workload-images.ts';

const shop = 'registry.example/shop/web:1.4.2';

test('nodes get the images of the application, and those that someone sets by hand', (t) => {
  const { application, disturbances } = driftRecovery;
  t.deepEqual(workloadImages(application, disturbances), [shop, 'registry.example/shop/web:hotfix']);
});

test('an image that is meant to be broken is not had', (t) => {
  for (const { application, disturbances } of [rollback, badCommit])
    t.deepEqual(workloadImages(application, disturbances), [shop]);
});
