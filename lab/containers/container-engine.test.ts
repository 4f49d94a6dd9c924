import test from 'ava';
import { chmod, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { ExplainedError } from '../../common/explained-error.ts';
import { findContainerEngine } from './container-engine.ts';

type Script = readonly [name: string, script: string];

/** An environment whose PATH has these programs and the shell's. */
async function environmentWith(
  t: { teardown: (end: () => Promise<void>) => void },
  ...programs: readonly Script[]
): Promise<NodeJS.ProcessEnv> {
  const directory = await mkdtemp(path.join(tmpdir(), 'container engine '));
  t.teardown(async () => rm(directory, { recursive: true }));
  for (const [name, script] of programs) {
    const file = path.join(directory, name);
    await writeFile(file, `#!/bin/sh\n${script}\n`);
    await chmod(file, 0o755);
  }
  return { PATH: directory };
}

test('the first engine that answers is taken, with its version and cgroups', async (t) => {
  const environment = await environmentWith(t, ['docker', 'echo "28.2.2 1"'], ['podman', 'echo "5.0.0 v2"']);
  t.like(await findContainerEngine(environment), { name: 'docker', version: '28.2.2', cgroupVersion: 1 });
});

test('Podman is taken where Docker does not answer', async (t) => {
  const environment = await environmentWith(t, ['docker', 'exit 1'], ['podman', 'echo "5.0.0 v2"']);
  t.like(await findContainerEngine(environment), { name: 'podman', cgroupVersion: 2 });
});

test('where there is none, that is said with what works without', async (t) => {
  const environment = await environmentWith(t);
  const error = await t.throwsAsync(findContainerEngine(environment), { instanceOf: ExplainedError });
  t.is(error.message, 'no container engine was found');
  t.regex(error.next ?? '', /--lab embedded/);
});

test('one that does not run, and one whose socket refuses, are told apart', async (t) => {
  const away = await environmentWith(t, [
    'docker',
    'echo "Cannot connect to the Docker daemon. Is the docker daemon running?" >&2; exit 1',
  ]);
  const error = await t.throwsAsync(findContainerEngine(away), { instanceOf: ExplainedError });
  t.is(error.message, 'docker is installed but does not answer');
  const refusing = await environmentWith(t, [
    'docker',
    'echo "permission denied while trying to connect to the Docker daemon socket" >&2; exit 1',
  ]);
  const refused = await t.throwsAsync(findContainerEngine(refusing), { instanceOf: ExplainedError });
  t.is(refused.message, 'docker does not let this user in');
  t.regex(refused.next ?? '', /usermod/);
});

test('a command that fails is explained by what it said', async (t) => {
  const environment = await environmentWith(t, [
    'docker',
    'if [ "$1" = info ]; then echo "28 2"; else echo "no such image" >&2; exit 1; fi',
  ]);
  const engine = await findContainerEngine(environment);
  const error = await t.throwsAsync(engine.run(['image', 'inspect', 'x']), { instanceOf: ExplainedError });
  t.is(error.message, 'docker image inspect failed');
  t.is(error.why, 'no such image');
});
