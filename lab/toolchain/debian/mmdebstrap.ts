import { execa } from 'execa';
import { ExplainedError } from '../../../common/explained-error.ts';
import { actualAddress } from '../official/address.ts';
import type { DebianPin } from '../pin.ts';

/** Documentation that no container shows; licences stay. */
const leftOut = ['/usr/share/man/*', '/usr/share/locale/*', '/usr/share/info/*', '/usr/share/doc/*'];
const keptAfterAll = ['/usr/share/doc/*/copyright'];

const elsewhere =
  'on another machine, make it on a Debian or Ubuntu one of the same processor, copy the file, and name its directory with GITOPS_LAB_TOOLS';

/** The archives of a suite, with security updates; from a mirror where GITOPS_LAB_MIRROR names one. */
function sourcesOf({ suite, archives }: DebianPin, environment: NodeJS.ProcessEnv): string[] {
  const packages = actualAddress(archives.packages, environment);
  const security = actualAddress(archives.security, environment);
  return [`deb ${packages} ${suite} main`, `deb ${security} ${suite}-security main`];
}

/** The arguments that have mmdebstrap write a file system as an archive (https://manpages.debian.org/mmdebstrap). */
export function mmdebstrapArguments(pin: DebianPin, file: string, environment: NodeJS.ProcessEnv): string[] {
  const { suite, packages } = pin;
  return [
    '--variant=minbase',
    '--format=tar',
    `--include=${packages.join()}`,
    ...leftOut.map((pattern) => `--dpkgopt=path-exclude=${pattern}`),
    ...keptAfterAll.map((pattern) => `--dpkgopt=path-include=${pattern}`),
    // Container engines bring their own devices, and may not be allowed to make any.
    '--skip=output/dev,output/mknod',
    suite,
    file,
    ...sourcesOf(pin, environment),
  ];
}

/** Throws an explained error where mmdebstrap can't be run. */
export async function requireMmdebstrap(name: string, environment: NodeJS.ProcessEnv): Promise<void> {
  const { failed } = await execa('mmdebstrap', ['--version'], {
    env: environment,
    extendEnv: false,
    reject: false,
  });
  if (!failed) return;
  throw new ExplainedError({
    what: `${name} can't be made here`,
    why: 'a file system of Debian packages is made by mmdebstrap, which was not found',
    next: `on Debian or Ubuntu: sudo apt-get install mmdebstrap debian-archive-keyring; ${elsewhere}`,
  });
}

/** A failed run as an error for the user. */
export function explainMmdebstrap(
  name: string,
  lastLines: readonly string[],
  logFile: string,
): ExplainedError {
  const text = lastLines.join('\n');
  let next = 'read the log, and run the command again';
  if (/NO_PUBKEY|not signed|keyring/i.test(text)) next = 'sudo apt-get install debian-archive-keyring';
  else if (/resolve|connect|404 {2}Not Found|Failed to fetch/i.test(text))
    next =
      'connect to the network, or set GITOPS_LAB_MIRROR to a mirror that has Debian’s archives, too (docs/labs/offline.md)';
  else if (/unshare|subuid|permission|not permitted/i.test(text)) next = `run it as root; ${elsewhere}`;
  return new ExplainedError({
    what: `${name} could not be made`,
    why: `mmdebstrap ended with:\n${lastLines.map((line) => `    ${line}`).join('\n')}`,
    next: `${next}; the log is ${logFile}`,
  });
}
