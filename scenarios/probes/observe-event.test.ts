import test from 'ava';
import type { LiveObject } from '../../lab/kube/objects.ts';
import type { ObjectEvent } from '../../lab/kube/watch.ts';
import { EventProbe } from './observe-event.ts';

function told(
  type: ObjectEvent['type'],
  { namespace = 'shop', ...fields }: { namespace?: string; [field: string]: unknown } = {},
): ObjectEvent {
  const object: LiveObject = {
    apiVersion: 'v1',
    kind: 'Event',
    metadata: { name: 'web.1', namespace, uid: 'one' },
    type: 'Normal',
    reason: 'ScalingReplicaSet',
    message: 'Scaled up replica set web-1 to 3',
    involvedObject: { kind: 'Deployment', name: 'web', namespace },
    source: { component: 'deployment-controller' },
    ...fields,
  };
  return { type, object, atMs: 1 };
}

test('an Event is told with what it is about, and by whom', (t) => {
  t.deepEqual(new EventProbe(['shop']).observe(told('ADDED')), {
    type: 'event',
    kind: 'normal',
    object: 'Deployment/web',
    reason: 'ScalingReplicaSet',
    message: 'Scaled up replica set web-1 to 3',
    component: 'deployment-controller',
    count: 1,
  });
  t.like(
    new EventProbe(['shop']).observe(told('ADDED', { type: 'Warning', reportingComponent: 'kubelet' })),
    {
      kind: 'warning',
      component: 'kubelet',
    },
  );
});

test('an Event that is told again is new, and another change of it is not', (t) => {
  const probe = new EventProbe(['shop']);
  t.like(probe.observe(told('ADDED', { count: 1 })), { count: 1 });
  t.is(probe.observe(told('MODIFIED', { count: 1 })), undefined);
  t.like(probe.observe(told('MODIFIED', { count: 2 })), { count: 2 });
  t.like(probe.observe(told('MODIFIED', { series: { count: 5 } })), { count: 5 });
  t.is(probe.observe(told('DELETED', { count: 5 })), undefined);
});

test('Events of other namespaces are left out, and those of the namespaces themselves are not', (t) => {
  const probe = new EventProbe(['shop', 'flux-system']);
  t.is(probe.observe(told('ADDED', { namespace: 'kube-system' })), undefined);
  t.truthy(probe.observe(told('ADDED', { namespace: 'flux-system' })));
  const deletion = { namespace: 'default', involvedObject: { kind: 'Namespace', name: 'shop' } };
  t.truthy(new EventProbe(['shop']).observe(told('ADDED', deletion)));
  const other = { namespace: 'default', involvedObject: { kind: 'Node', name: 'shop' } };
  t.is(probe.observe(told('ADDED', other)), undefined);
});
