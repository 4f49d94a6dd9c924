import test from 'ava';
import { wholeShop } from '../applications/shop.ts';
import { noticesLost } from '../figures/notifications.ts';
import { scribe } from '../testing/scribe.ts';
import { receiverOutage, toldOf } from './by-notice.ts';

test('the receiver is away from before the release until some time after it is out', async (t) => {
  const { hands, done } = scribe();
  await receiverOutage('down', { ...wholeShop, longestMs: 5_000 }).act(hands);
  t.deepEqual(done, ['receiver away', 'release', 'begin', 'applied', 'wait 2500 to 5000', 'receiver back']);
});

test('an outage that outlasts the tries of both engines is known to take the whole wait as well', (t) => {
  const [short, long] = [5_000, 30_000].map((longestMs) =>
    receiverOutage('down', { ...wholeShop, longestMs }),
  );
  t.true((short?.knownToTakeMs?.['flux'] ?? 0) < 30_000);
  t.true((long?.knownToTakeMs?.['flux'] ?? 0) > 90_000);
});

test('what is told of is a feature that fails where the notification is lost', (t) => {
  const outage = receiverOutage('down', { ...wholeShop, longestMs: 5_000 });
  const told = toldOf('succeeded', outage);
  t.is(told.act, outage.act);
  t.is(told.notice?.outcome, 'succeeded');
  t.is(told.featureFailures, noticesLost.name);
  t.true((told.notice?.waitMs ?? 0) > 60_000, 'longer than Argo CD takes to look at an Application again');
});
