import test from 'ava';
import { chmod, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { parse } from 'yaml';
import { ExplainedError } from '../../common/explained-error.ts';
import { demandPrivateKey } from './machine-key.ts';
import { isStrangersFault, readVagrantLine, withServer } from './machines.ts';
import { chooseAddresses } from './network.ts';
import { demandRoom } from './room.ts';
import { machineNames, settingsText } from './settings.ts';
import { parseSshConfig } from './ssh-config.ts';

test('what Vagrant says of SSH is read for each machine, and a missing part is named', (t) => {
  const section = (name: string, port: number): string =>
    `Host ${name}\n  HostName 127.0.0.1\n  User vagrant\n  Port ${port}\n  IdentityFile "/a lab/key"\n\n`;
  const [controller, worker] = parseSshConfig(section('controller', 2222) + section('worker-1', 2200));
  t.deepEqual(controller, {
    name: 'controller',
    address: '127.0.0.1',
    port: 2222,
    user: 'vagrant',
    keyFile: '/a lab/key',
  });
  t.like(worker, { name: 'worker-1', port: 2200 });
  t.throws(() => parseSshConfig('Host controller\n  HostName 127.0.0.1\n'), { message: /Port/ });
});

test('a key that others can read is refused, with the command that helps', async (t) => {
  const directory = await mkdtemp(path.join(tmpdir(), 'key '));
  t.teardown(async () => rm(directory, { recursive: true }));
  const file = path.join(directory, 'key');
  await t.throwsAsync(demandPrivateKey(file), { message: /can't be read/ });
  await writeFile(file, '');
  await chmod(file, 0o644);
  const error = await t.throwsAsync(demandPrivateKey(file), { instanceOf: ExplainedError });
  t.is(error.next, `chmod 600 '${file}'`);
  await chmod(file, 0o600);
  await t.notThrowsAsync(demandPrivateKey(file));
});

test('too little memory or disk is said with figures', (t) => {
  const plenty = { freeMemoryBytes: 64e9, freeDiskBytes: 100e9 };
  t.notThrows(() => {
    demandRoom(3, plenty);
  });
  const memory = t.throws(
    () => {
      demandRoom(3, { ...plenty, freeMemoryBytes: 2e9 });
    },
    { instanceOf: ExplainedError },
  );
  t.is(memory.why, '2.0 GB are free, and they need 4.5 GB');
  t.throws(
    () => {
      demandRoom(3, { ...plenty, freeDiskBytes: 1e9 });
    },
    { message: /disk/ },
  );
});

test('machines get addresses in a row that nobody has', (t) => {
  const first = chooseAddresses(3, new Set(), '/labs/one');
  t.is(chooseAddresses(3, new Set(), '/labs/one'), first);
  const next = chooseAddresses(3, new Set([first + 1]), '/labs/one');
  t.true(next > first + 1 || next + 2 < first + 1);
  const all = new Set(Array.from({ length: 256 }, (_, index) => index));
  t.throws(() => chooseAddresses(1, all, '/labs/one'), { message: /no 1 free/ });
});

test('the kubeconfig names a server that this computer reaches', (t) => {
  const text = 'clusters:\n- cluster:\n    server: https://172.30.240.10:6443\n  name: lab\n';
  t.is(
    withServer(text, 'https://127.0.0.1:4711'),
    text.replace('https://172.30.240.10:6443', 'https://127.0.0.1:4711'),
  );
});

test('the Vagrantfile is told what it reads', (t) => {
  const settings = {
    ...{ workers: 1, cpus: 2, memoryMib: 3072, network: 'n', subnet: '10.0.0', firstAddress: 20 },
    ...{ image: 'machine:1', namePrefix: 'lab', keyFile: '/lab/key', apiPort: 1, sshPorts: [2, 3] },
  };
  t.like(parse(settingsText(settings)), {
    workers: 1,
    memory_mib: 3072,
    subnet: '10.0.0',
    first_address: 20,
  });
  t.deepEqual(machineNames(2), ['controller', 'worker-1', 'worker-2']);
});

test('only a container that went meanwhile is a reason to try again', (t) => {
  const failure = (why: string): ExplainedError => new ExplainedError({ what: 'vagrant up failed', why });
  t.true(isStrangersFault(failure('Stderr: Error: No such object: aadd7bc4a5c5')));
  t.false(isStrangersFault(failure('port is already allocated')));
});

test("a line of Vagrant's output tells which machine it is about", (t) => {
  t.deepEqual(readVagrantLine('==> worker-1: Creating and configuring docker container...'), {
    machine: 'worker-1',
    text: 'Creating and configuring docker container...',
  });
  t.deepEqual(readVagrantLine('    controller: SSH address: 127.0.0.1:2222'), {
    machine: 'controller',
    text: 'SSH address: 127.0.0.1:2222',
  });
  t.is(readVagrantLine("Bringing machine 'controller' up with 'docker' provider..."), undefined);
});
