import test, { type ExecutionContext } from 'ava';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { ExplainedError } from '../../common/explained-error.ts';
import { adviceFor, demandVersion, vagrantProgram } from './vagrant-program.ts';

test('a Vagrant that is old, or says something else, is refused with what to do', (t) => {
  t.is(demandVersion('Vagrant 2.3.4'), '2.3.4');
  t.is(demandVersion('Vagrant 2.4.9\n'), '2.4.9');
  for (const answer of ['Vagrant 2.2.19', 'Vagrant 1.9.8', 'nonsense']) {
    const error = t.throws(() => demandVersion(answer), { instanceOf: ExplainedError });
    t.regex(error.next ?? '', /install/);
  }
});

test('failures that users meet come with advice, and others with none', (t) => {
  t.regex(adviceFor("The provider 'libvirt' could not be found") ?? '', /plugin/);
  t.regex(adviceFor('Timed out while waiting for the machine to boot.') ?? '', /SSH/);
  t.regex(adviceFor('Bind for 127.0.0.1:2222 failed: port is already allocated') ?? '', /again/);
  t.is(adviceFor('all is well'), undefined);
});

/** A Vagrant that says `first` and fails the first time, and is done the second time. */
async function standIn(t: ExecutionContext, first: string) {
  const directory = await mkdtemp(path.join(tmpdir(), 'vagrant program '));
  t.teardown(async () => rm(directory, { recursive: true }));
  const program =
    '#!/bin/sh\nif [ -e asked ]; then echo done; exit 0; fi\ntouch asked\necho "$FIRST"\nexit 1\n';
  await writeFile(path.join(directory, 'vagrant'), program, { mode: 0o755 });
  const place = { directory, logDirectory: directory, settingsFile: 'settings', vagrantHome: directory };
  const environment = { PATH: `${directory}:${process.env['PATH'] ?? ''}`, FIRST: first };
  return { vagrant: vagrantProgram(place, environment), log: path.join(directory, 'vagrant.log') };
}

test('a machine that another Vagrant has locked for a moment is asked for again', async (t) => {
  const words = "Vagrant can't use the requested machine because it is locked! This means that";
  const { vagrant, log } = await standIn(t, words);
  t.is(await vagrant.ask(['destroy', '--force']), 'done');
  t.is((await readFile(log, 'utf8')).split('$ vagrant destroy --force').length, 3);
});

test('any other failure of Vagrant is told at once', async (t) => {
  const { vagrant } = await standIn(t, 'no space left on device');
  const error = await t.throwsAsync(vagrant.run(['up']), { instanceOf: ExplainedError });
  t.is(error.why, 'no space left on device');
  t.regex(error.next ?? '', /make room/);
});
