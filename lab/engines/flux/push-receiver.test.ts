import test from 'ava';
import { textAt, valueAt } from '../../kube/objects.ts';
import { receiverObjects } from './push-receiver.ts';

test('the Receiver has the GitRepository looked at, and its secret is in the Secret alone', (t) => {
  const objects = receiverObjects('signs-pushes');
  const telling = objects.filter((object) => JSON.stringify(object).includes('signs-pushes'));
  t.deepEqual(
    telling.map(({ kind }) => kind),
    ['Secret'],
  );
  const receiver = objects.find(({ kind }) => kind === 'Receiver');
  t.is(telling[0]?.metadata.name, textAt(receiver, 'spec', 'secretRef', 'name'));
  t.deepEqual(valueAt(receiver, 'spec', 'resources'), [
    { apiVersion: 'source.toolkit.fluxcd.io/v1', kind: 'GitRepository', name: 'flux-system' },
  ]);
});
