import 'reflect-metadata';
import * as x509 from '@peculiar/x509';
import { randomBytes, webcrypto } from 'node:crypto';

const algorithm = { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' } as const;
/** A lab lives for hours; a month leaves room for one that a course keeps. */
const lifetimeMs = 30 * 24 * 3_600_000;
/** Clocks of a virtual machine and its host differ by seconds. */
const clockSkewMs = 300_000;

/** A certificate and its private key, as PEM text. */
export interface KeyPair {
  readonly certificate: string;
  readonly privateKey: string;
}

/** Issues certificates that this lab alone trusts. */
export interface CertificateAuthority {
  readonly certificate: string;
  readonly issueServer: (commonName: string, names: readonly string[]) => Promise<KeyPair>;
  /** A client of the API server: `user` as Kubernetes sees it, in these groups. */
  readonly issueClient: (user: string, groups: readonly string[]) => Promise<KeyPair>;
}

async function pemOfKey(key: webcrypto.CryptoKey): Promise<string> {
  return x509.PemConverter.encode(await webcrypto.subtle.exportKey('pkcs8', key), 'PRIVATE KEY');
}

function validity(now: Date) {
  return { notBefore: new Date(now.getTime() - clockSkewMs), notAfter: new Date(now.getTime() + lifetimeMs) };
}

async function newKeys(): Promise<webcrypto.CryptoKeyPair> {
  return webcrypto.subtle.generateKey(algorithm, true, ['sign', 'verify']);
}

const isAddress = (name: string): boolean => /^[\d.]+$/.test(name);

/** Makes a certificate authority of the lab's own; `now` is the time from which it counts. */
export async function createCertificateAuthority(labName: string, now: Date): Promise<CertificateAuthority> {
  const authorityKeys = await newKeys();
  const authority = await x509.X509CertificateGenerator.createSelfSigned({
    name: [{ CN: [`gitops-lab ${labName}`] }],
    keys: authorityKeys,
    signingAlgorithm: algorithm,
    ...validity(now),
    extensions: [
      new x509.BasicConstraintsExtension(true, undefined, true),
      new x509.KeyUsagesExtension(x509.KeyUsageFlags.keyCertSign | x509.KeyUsageFlags.digitalSignature, true),
    ],
  });
  const issue = async (
    subject: x509.JsonName,
    usage: x509.ExtendedKeyUsage[],
    names: readonly string[],
  ): Promise<KeyPair> => {
    const keys = await newKeys();
    const alternativeNames = names.map((name) => ({
      type: isAddress(name) ? ('ip' as const) : ('dns' as const),
      value: name,
    }));
    const certificate = await x509.X509CertificateGenerator.create({
      serialNumber: randomBytes(16).toString('hex'),
      subject,
      issuer: authority.subject,
      publicKey: keys.publicKey,
      signingKey: authorityKeys.privateKey,
      signingAlgorithm: algorithm,
      ...validity(now),
      extensions: [
        new x509.KeyUsagesExtension(x509.KeyUsageFlags.digitalSignature, true),
        new x509.ExtendedKeyUsageExtension(usage),
        ...(names.length === 0 ? [] : [new x509.SubjectAlternativeNameExtension(alternativeNames)]),
      ],
    });
    return { certificate: certificate.toString('pem'), privateKey: await pemOfKey(keys.privateKey) };
  };
  return {
    certificate: authority.toString('pem'),
    issueServer: async (commonName, names) =>
      issue(
        [{ CN: [commonName] }],
        [x509.ExtendedKeyUsage.serverAuth, x509.ExtendedKeyUsage.clientAuth],
        names,
      ),
    issueClient: async (user, groups) =>
      issue(
        [{ CN: [user] }, ...groups.map((group) => ({ O: [group] }))],
        [x509.ExtendedKeyUsage.clientAuth],
        [],
      ),
  };
}

/** A key pair that signs and verifies the tokens of service accounts, as PEM text. */
export async function createTokenKeys(): Promise<{
  readonly privateKey: string;
  readonly publicKey: string;
}> {
  const keys = await newKeys();
  return {
    privateKey: await pemOfKey(keys.privateKey),
    publicKey: x509.PemConverter.encode(
      await webcrypto.subtle.exportKey('spki', keys.publicKey),
      'PUBLIC KEY',
    ),
  };
}
