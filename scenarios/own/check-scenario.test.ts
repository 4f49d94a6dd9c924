import test from 'ava';
import { shop } from '../applications/shop.ts';
import { availability } from '../availability.ts';
import { imageUpdate } from '../image-update.ts';
import { webhookVersusPoll } from '../webhook-versus-poll.ts';
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

test('requests need real pods, and a port of the nodes that the application has', (t) => {
  t.is(checkScenario(availability, 'availability.ts'), availability);
  t.throws(() => checkScenario({ ...availability, needsPods: undefined }, 'mine.ts'), {
    message: 'mine.ts: it sends requests, which simulated pods do not answer',
  });
  t.throws(() => checkScenario({ ...availability, application: shop }, 'mine.ts'), {
    message: 'mine.ts: requests.nodePort: no Service of the application has the nodePort 30080',
  });
});

test('only disturbances that are made can be set against each other', (t) => {
  const [contrast] = webhookVersusPoll.contrasts ?? [];
  t.is(checkScenario(webhookVersusPoll, 'webhook-versus-poll.ts'), webhookVersusPoll);
  t.throws(
    () => checkScenario({ ...webhookVersusPoll, contrasts: [{ ...contrast, of: 'commit-tole' }] }, 'mine.ts'),
    { message: 'mine.ts: contrasts: there is no disturbance "commit-tole"' },
  );
});
