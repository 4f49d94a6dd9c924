import { ExplainedError } from '../../common/explained-error.ts';

/** How a machine is reached, as `vagrant ssh-config` says. */
export interface SshTarget {
  readonly name: string;
  readonly address: string;
  readonly port: number;
  readonly user: string;
  readonly keyFile: string;
}

const unquoted = (text: string): string => text.trim().replace(/^"(.*)"$/, '$1');

/** Reads the answer of `vagrant ssh-config` (https://developer.hashicorp.com/vagrant/docs/cli/ssh_config). Throws an explained error where a part is missing. */
export function parseSshConfig(text: string): SshTarget[] {
  const sections = text.split(/^(?=Host )/m).filter((section) => section.startsWith('Host '));
  return sections.map((section) => {
    const value = (key: string): string => {
      const found = new RegExp(`^\\s*${key} (.+)$`, 'm').exec(section)?.[1];
      if (found !== undefined) return unquoted(found);
      throw new ExplainedError({
        what: `Vagrant does not say the ${key} of a machine`,
        why: section.trim(),
        next: 'run the command again',
      });
    };
    return {
      name: value('Host'),
      address: value('HostName'),
      port: Number(value('Port')),
      user: value('User'),
      keyFile: value('IdentityFile'),
    };
  });
}
