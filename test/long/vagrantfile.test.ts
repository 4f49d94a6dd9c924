import test, { type ExecutionContext } from 'ava';
import { execa } from 'execa';
import { chmod, cp, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { temporaryDirectory } from '../../reports/testing/run-on-disk.ts';

const minutes = 60_000;
const root = fileURLToPath(new URL('../..', import.meta.url));

async function ask(args: readonly string[]): Promise<string | undefined> {
  const { exitCode, stdout } = await execa('vagrant', args, { reject: false, stdin: 'ignore' });
  return exitCode === 0 ? stdout : undefined;
}

const version = await ask(['--version']);
const plugins = version === undefined ? '' : ((await ask(['plugin', 'list'])) ?? '');

/** A copy of vagrant/, with a key where the settings say that there is one; Vagrant's own files lie beside it. */
async function copyOf(t: ExecutionContext) {
  const directory = await temporaryDirectory(t);
  const folder = path.join(directory, 'vagrant');
  await cp(path.join(root, 'vagrant'), folder, { recursive: true });
  await writeFile(path.join(folder, 'machine-key'), '', { mode: 0o600 });
  const validate = async (provider: string, programs = directory) =>
    execa('vagrant', ['validate'], {
      cwd: folder,
      env: {
        PATH: `${programs}${path.delimiter}${process.env['PATH'] ?? ''}`,
        VAGRANT_HOME: path.join(directory, 'home'),
        VAGRANT_DOTFILE_PATH: path.join(directory, 'dot'),
        VAGRANT_DEFAULT_PROVIDER: provider,
        VAGRANT_CHECKPOINT_DISABLE: '1',
      },
      all: true,
      reject: false,
      stdin: 'ignore',
    });
  return { directory, folder, validate };
}

/** Adds a setting to the block of a provider that no provider has. */
async function misspell(folder: string, provider: string): Promise<void> {
  const file = path.join(folder, 'Vagrantfile');
  const text = await readFile(file, 'utf8');
  const block = `machine.vm.provider "${provider}" do |provider, override|\n`;
  await writeFile(file, text.replace(block, `${block}provider.no_such_setting = 1\n`));
}

/** VirtualBox as far as `vagrant validate` asks for it: which version it is. Whatever else is asked fails. */
async function standInForVirtualBox(directory: string): Promise<void> {
  const program = path.join(directory, 'VBoxManage');
  await writeFile(program, '#!/bin/sh\n[ "$*" = --version ] && echo 7.0.20r163906\n');
  await chmod(program, 0o755);
}

const providers = [
  { name: 'docker', how: "Vagrant's own class of the provider", isThere: version !== undefined },
  { name: 'libvirt', how: 'the class of vagrant-libvirt', isThere: plugins.includes('vagrant-libvirt') },
  {
    name: 'virtualbox',
    how: "Vagrant's own class of the provider, before a stand-in that only says its version",
    isThere: version !== undefined,
  },
] as const;

for (const { name, how, isThere } of providers) {
  const where = isThere ? test.serial : test.serial.skip;
  where(`the Vagrantfile is valid for ${name}, by ${how}, and a misspelt setting is not`, async (t) => {
    t.timeout(3 * minutes);
    const { directory, folder, validate } = await copyOf(t);
    if (name === 'virtualbox') await standInForVirtualBox(directory);
    const right = await validate(name);
    t.is(right.exitCode, 0, right.all);
    t.regex(right.all, /validated successfully/);
    await misspell(folder, name);
    const wrong = await validate(name);
    t.is(wrong.exitCode, 1, wrong.all);
    t.regex(wrong.all, /no_such_setting/);
  });
}
