import test, { type ExecutionContext } from 'ava';
import { chmod, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { ExplainedError } from '../../common/explained-error.ts';
import { demandPrograms, examinePrograms } from './prepare.ts';

/** A PATH of programs that a test writes, and nothing else but the shell that runs them. */
async function programs(t: ExecutionContext, scripts: Readonly<Record<string, string>>) {
  const directory = await mkdtemp(path.join(tmpdir(), 'programs '));
  t.teardown(async () => rm(directory, { recursive: true }));
  for (const [name, script] of Object.entries(scripts)) {
    await writeFile(path.join(directory, name), `#!/bin/sh\n${script}\n`);
    await chmod(path.join(directory, name), 0o755);
  }
  return { directory, environment: { PATH: directory, HOME: directory, XDG_DATA_HOME: directory } };
}

const docker = 'echo \'{"Version":"28.2.2","CgroupVersion":"2"}\'';

test('Vagrant is asked once which version it is, however often a run looks for it', async (t) => {
  const script = 'echo asked >> "$HOME/asked"; echo Vagrant 2.3.4';
  const { directory, environment } = await programs(t, { vagrant: script, docker });
  await demandPrograms(environment).catch(() => undefined);
  await demandPrograms(environment).catch(() => undefined);
  t.is(await readFile(path.join(directory, 'asked'), 'utf8'), 'asked\n');
});

test('a Vagrant that is missing is said before anything starts, with what to install', async (t) => {
  const { environment } = await programs(t, { docker });
  const error = await t.throwsAsync(demandPrograms(environment), { instanceOf: ExplainedError });
  t.is(error.message, 'Vagrant was not found');
  t.regex(error.next ?? '', /apt install vagrant/);
  const { obstacles } = await examinePrograms({ ...environment });
  t.like(obstacles[0], { what: 'Vagrant was not found', isFatal: true });
});

test('a Vagrant that does not work here says why', async (t) => {
  const { environment } = await programs(t, { vagrant: 'echo the gem is broken >&2; exit 1', docker });
  const error = await t.throwsAsync(demandPrograms(environment), { instanceOf: ExplainedError });
  t.is(error.message, 'Vagrant does not work here');
  t.is(error.why, 'the gem is broken');
});
