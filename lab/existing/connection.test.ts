import test from 'ava';
import { serveApi } from '../kube/api-server-for-tests.ts';
import { demandValidCertificate, explainConnection } from './connection.ts';
import { watchCluster } from './watch-cluster.ts';

const context = { name: 'mine', server: 'https://cluster' };

function failure(code: string, message = ''): Error {
  return Object.assign(new Error(message), { code });
}

test('failures that users meet are explained, with what helps', (t) => {
  const whyOf = (error: Error): string => explainConnection(context, error).why ?? '';
  t.regex(whyOf(failure('ECONNREFUSED')), /nothing listens/);
  t.regex(whyOf(failure('ENOTFOUND')), /no address/);
  t.regex(whyOf(failure('CERT_HAS_EXPIRED')), /expired/);
  t.regex(whyOf(failure('UNABLE_TO_VERIFY_LEAF_SIGNATURE')), /another cluster may answer/);
  t.regex(whyOf(new Error('the API server answered 401 to /version')), /refused/);
  t.is(
    explainConnection(context, failure('', 'strange')).next,
    'look whether kubectl --context mine version works',
  );
});

test('a certificate that has expired is told of before anything is sent', async (t) => {
  await using server = await serveApi(() => undefined);
  const chosen = { ...context, config: server.access.config };
  t.notThrows(() => {
    demandValidCertificate(chosen, new Date());
  });
  const later = new Date(Date.now() + 400 * 24 * 3600 * 1000);
  t.like(
    t.throws(() => {
      demandValidCertificate(chosen, later);
    }),
    { message: 'the certificate in the kubeconfig of the context "mine" has expired' },
  );
});

test('a cluster that is silent for long is lost, and one that was silent for a moment is not', async (t) => {
  const ending = new AbortController();
  let asked = 0;
  const get = async (): Promise<unknown> => {
    asked += 1;
    if (asked === 2) return Promise.resolve({});
    return Promise.reject(failure('ECONNREFUSED', 'connect'));
  };
  const { name, how } = await watchCluster(context, { get }, ending.signal, { everyMs: 1, lostAfterMs: 30 });
  t.is(name, 'the cluster of the context "mine"');
  t.regex(how, /has not answered for .*: nothing listens/);
  t.true(asked > 2);
});
