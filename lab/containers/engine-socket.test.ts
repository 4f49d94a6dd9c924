import test from 'ava';
import { ExplainedError } from '../../common/explained-error.ts';
import type { ContainerEngine } from './container-engine.ts';
import { socketOf } from './engine-socket.ts';

const { signal } = new AbortController();

function answering(name: ContainerEngine['name'], answer: string): ContainerEngine {
  return { name, version: '1', cgroupVersion: 2, run: async () => Promise.resolve(answer) };
}

test("an engine's own program tells where its socket is", async (t) => {
  t.is(await socketOf(answering('docker', 'unix:///run/docker.sock\n'), signal), 'unix:///run/docker.sock');
  t.is(await socketOf(answering('podman', 'unix:///run/podman.sock'), signal), 'unix:///run/podman.sock');
  t.is(await socketOf(answering('podman', 'unix://unix:///run/p.sock'), signal), 'unix:///run/p.sock');
});

test('an engine on another machine is refused, with what to do', async (t) => {
  const asked = socketOf(answering('docker', 'ssh://host'), signal);
  const error = await t.throwsAsync(asked, { instanceOf: ExplainedError });
  t.is(error.message, 'docker is not on this machine');
  t.regex(error.why ?? '', /"ssh:\/\/host"/);
  t.regex(error.next ?? '', /docker context use/);
});
