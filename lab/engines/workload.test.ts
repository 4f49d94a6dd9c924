import test from 'ava';
import { answer, serveApi } from '../kube/api-server-for-tests.ts';
import { containerCommand, overrideArguments, readConfigMaps } from './workload.ts';

const configMaps = new Map([['settings', { resync: '120s' }]]);

function workload(container: object): object {
  return { spec: { template: { spec: { containers: [container, { args: ['--of-a-sidecar'] }] } } } };
}

test('a program gets the arguments and the variables of the first container', (t) => {
  const env = [
    { name: 'PLAIN', value: 'one' },
    { name: 'EMPTY', value: '' },
    { name: 'MAPPED', valueFrom: { configMapKeyRef: { name: 'settings', key: 'resync' } } },
  ];
  t.deepEqual(containerCommand(workload({ args: ['--log-level=info'], env }), configMaps), {
    args: ['--log-level=info'],
    environment: { PLAIN: 'one', EMPTY: '', MAPPED: '120s' },
  });
});

test('what comes from a Secret, a field or a key that is not there is left out', (t) => {
  const env = [
    { name: 'SECRET', valueFrom: { secretKeyRef: { name: 'redis', key: 'auth' } } },
    { name: 'FIELD', valueFrom: { fieldRef: { fieldPath: 'metadata.namespace' } } },
    { name: 'OPTIONAL', valueFrom: { configMapKeyRef: { name: 'settings', key: 'other', optional: true } } },
    { name: 'ELSEWHERE', valueFrom: { configMapKeyRef: { name: 'nowhere', key: 'resync' } } },
  ];
  t.deepEqual(containerCommand(workload({ env }), configMaps), { args: [], environment: {} });
});

test('an argument is replaced by its whole name only', (t) => {
  const args = ['--events-addr=http://events/', '--events-addr-extra=kept', '--enable-leader-election', '-v'];
  t.deepEqual(overrideArguments(args, { 'events-addr': '', 'enable-leader-election': 'false' }), [
    '--events-addr-extra=kept',
    '-v',
    '--events-addr=',
    '--enable-leader-election=false',
  ]);
});

test('config maps are read by name, those without data too', async (t) => {
  await using server = await serveApi(({ path }, response) => {
    const items = [
      { metadata: { name: 'settings' }, data: { resync: '120s' } },
      { metadata: { name: 'bare' } },
    ];
    answer(response, { items }, path === '/api/v1/namespaces/argocd/configmaps' ? 200 : 404);
  });
  t.deepEqual(
    [...(await readConfigMaps(server.access, 'argocd'))],
    [
      ['settings', { resync: '120s' }],
      ['bare', {}],
    ],
  );
});
