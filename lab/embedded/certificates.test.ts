import test from 'ava';
import { createPublicKey, createSign, createVerify, X509Certificate } from 'node:crypto';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { connect, createServer, type TLSSocket } from 'node:tls';
import { createCertificateAuthority, createTokenKeys, type KeyPair } from './certificates.ts';

const now = new Date();

async function authorityNamed(name: string) {
  return createCertificateAuthority(name, now);
}

/** Shakes hands on loopback; rejects with what either side objects to. */
async function shakeHands(server: KeyPair, client: KeyPair, trusted: { server: string; client: string }) {
  const listener = createServer({
    cert: server.certificate,
    key: server.privateKey,
    ca: trusted.client,
    requestCert: true,
  });
  try {
    await once(listener.listen(0, '127.0.0.1'), 'listening');
    const { port } = listener.address() as AddressInfo;
    const accepted = Promise.race([
      once(listener, 'secureConnection') as Promise<[TLSSocket]>,
      once(listener, 'tlsClientError').then(async ([error]) => Promise.reject(error as Error)),
    ]);
    const socket = connect({
      host: '127.0.0.1',
      port,
      ca: trusted.server,
      cert: client.certificate,
      key: client.privateKey,
    });
    const connected = once(socket, 'secureConnect');
    accepted.catch(() => undefined);
    try {
      await connected;
      const [peer] = await accepted;
      return peer.getPeerCertificate().subject;
    } finally {
      socket.destroy();
    }
  } finally {
    listener.close();
  }
}

test('what an authority issues is signed by it, and by no other', async (t) => {
  const [own, other] = await Promise.all([authorityNamed('own'), authorityNamed('own')]);
  const { certificate } = await own.issueServer('etcd', ['127.0.0.1', 'localhost']);
  const issued = new X509Certificate(certificate);
  const root = new X509Certificate(own.certificate);
  t.true(issued.checkIssued(root));
  t.true(issued.verify(root.publicKey));
  t.true(root.ca);
  t.false(issued.ca);
  t.false(issued.verify(new X509Certificate(other.certificate).publicKey));
});

test("a server's certificate holds for its names and its addresses alone", async (t) => {
  const authority = await authorityNamed('lab');
  const { certificate } = await authority.issueServer('etcd', ['127.0.0.1', 'localhost']);
  const issued = new X509Certificate(certificate);
  t.is(issued.checkIP('127.0.0.1'), '127.0.0.1');
  t.is(issued.checkHost('localhost'), 'localhost');
  t.is(issued.checkIP('127.0.0.2'), undefined);
  t.is(issued.checkHost('etcd'), undefined);
});

test('a certificate holds from a little before now for a month', async (t) => {
  const { certificate } = await (await authorityNamed('lab')).issueClient('someone', []);
  const { validFrom, validTo } = new X509Certificate(certificate);
  const days = (Date.parse(validTo) - now.getTime()) / 86_400_000;
  t.true(Date.parse(validFrom) < now.getTime());
  t.true(days > 29.9 && days < 30.1);
});

test('no two certificates share a serial number', async (t) => {
  const authority = await authorityNamed('lab');
  const issued = await Promise.all(Array.from({ length: 20 }, async () => authority.issueClient('user', [])));
  const serials = issued.map(({ certificate }) => new X509Certificate(certificate).serialNumber);
  t.is(new Set(serials).size, serials.length);
});

test('a server and a client of one lab shake hands, and the server sees user and groups', async (t) => {
  const authority = await authorityNamed('lab');
  const server = await authority.issueServer('kube-apiserver', ['127.0.0.1']);
  const client = await authority.issueClient('system:serviceaccount:flux-system:source-controller', [
    'system:serviceaccounts',
    'system:serviceaccounts:flux-system',
  ]);
  const trusted = { server: authority.certificate, client: authority.certificate };
  const subject = await shakeHands(server, client, trusted);
  t.is(subject.CN, 'system:serviceaccount:flux-system:source-controller');
  t.deepEqual(subject.O as unknown, ['system:serviceaccounts', 'system:serviceaccounts:flux-system']);
});

test("another lab's server is refused, even one of the same name", async (t) => {
  const [own, other] = await Promise.all([authorityNamed('lab'), authorityNamed('lab')]);
  const server = await other.issueServer('kube-apiserver', ['127.0.0.1']);
  const client = await own.issueClient('someone', []);
  const trusted = { server: own.certificate, client: own.certificate };
  await t.throwsAsync(shakeHands(server, client, trusted), {
    message: /self-signed|verify|unable|signature/,
  });
});

test('a client can not pass for a server', async (t) => {
  const authority = await authorityNamed('lab');
  const client = await authority.issueClient('someone', []);
  const trusted = { server: authority.certificate, client: authority.certificate };
  await t.throwsAsync(shakeHands(client, client, trusted), { message: /purpose/ });
});

test('what the token key signs, the other half verifies', async (t) => {
  const { privateKey, publicKey } = await createTokenKeys();
  const signature = createSign('sha256').update('token').sign(privateKey);
  t.true(createVerify('sha256').update('token').verify(createPublicKey(publicKey), signature));
  t.false(createVerify('sha256').update('other').verify(createPublicKey(publicKey), signature));
});
