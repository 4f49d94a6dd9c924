import test from 'ava';
import { parse, stringify } from 'yaml';
import { kubeconfigAt } from './kubeconfig.ts';

test('the server is the port of the loopback interface, and all else stays', (t) => {
  const written = {
    apiVersion: 'v1',
    clusters: [
      {
        name: 'default',
        cluster: { 'certificate-authority-data': 'YQ==', server: 'https://localhost:6443' },
      },
    ],
    users: [{ name: 'default', user: { 'client-key-data': 'Yg==' } }],
  };
  t.deepEqual(parse(kubeconfigAt(stringify(written), 41234)), {
    ...written,
    clusters: [
      {
        name: 'default',
        cluster: { 'certificate-authority-data': 'YQ==', server: 'https://127.0.0.1:41234' },
      },
    ],
  });
});

test('what is no kubeconfig is not taken for one', (t) => {
  t.throws(() => kubeconfigAt('clusters: none', 1));
});
