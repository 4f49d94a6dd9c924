import test from 'ava';
import { imageUpdate } from '../image-update.ts';
import { checkScenario } from './check-scenario.ts';

test('a scenario whose image is followed is taken as it is', (t) => {
  t.is(checkScenario(imageUpdate, 'image-update.ts'), imageUpdate);
});

test('what a followed image takes is asked for', (t) => {
  const withoutRegistry = { ...imageUpdate, registry: undefined, needs: ['helm'] };
  const expected = { message: 'mine.ts: an image is to be followed, and something that it takes is missing' };
  t.throws(() => checkScenario(withoutRegistry, 'mine.ts'), expected);
  t.throws(() => checkScenario({ ...imageUpdate, forge: 'gitea' }, 'mine.ts'), expected);
  const { followedImage, ...unfollowed } = imageUpdate.application;
  t.truthy(followedImage);
  const environments = imageUpdate.environments?.map((one) => ({ ...one, application: unfollowed }));
  t.throws(
    () => checkScenario({ ...imageUpdate, application: unfollowed, environments }, 'mine.ts'),
    expected,
  );
});
