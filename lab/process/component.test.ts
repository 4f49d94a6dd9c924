import test, { type ExecutionContext } from 'ava';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { waitUntil } from '../../common/wait.ts';
import { endOfLog, startComponent, type ComponentPlace } from './component.ts';
import { endRecorded, runningProcesses } from './ledger.ts';
import { identityOf, isRunning } from './process-identity.ts';
import { usageOf } from './usage.ts';

const never = new AbortController().signal;

async function place(t: ExecutionContext): Promise<ComponentPlace> {
  const directory = await mkdtemp(path.join(tmpdir(), 'component test '));
  t.teardown(async () => rm(directory, { recursive: true, force: true }));
  return { logDirectory: directory, ledgerFile: path.join(directory, 'processes.jsonl') };
}

const shell = (name: string, script: string) => ({ name, program: '/bin/sh', args: ['-c', script] });

test('a component runs until it is stopped, and its output is in its log', async (t) => {
  const component = await startComponent(shell('talker', 'echo hello; exec sleep 60'), await place(t));
  await waitUntil(async () => (await endOfLog(component.logFile)) || undefined, {
    goal: 'output',
    timeoutMs: 5000,
    signal: never,
  });
  t.is(await endOfLog(component.logFile), 'hello');
  t.truthy(await usageOf(component.pid));
  await component.stop();
  t.true(component.isStopping());
  t.is(await component.ended, 'it was ended by SIGTERM');
  t.is(identityOf(component.pid), undefined);
});

test('stopping a component ends its children too', async (t) => {
  const component = await startComponent(shell('parent', 'sleep 60 & echo $!; wait'), await place(t));
  const child = await waitUntil(async () => identityOf(Number(await endOfLog(component.logFile))), {
    goal: 'the child',
    timeoutMs: 5000,
    signal: never,
  });
  await component.stop();
  t.false(isRunning(child));
});

test('a component that ignores SIGTERM is ended all the same', async (t) => {
  const component = await startComponent(
    shell('stubborn', 'trap "" TERM; echo set; while :; do sleep 1; done'),
    await place(t),
  );
  await waitUntil(async () => (await endOfLog(component.logFile)) || undefined, {
    goal: 'the trap',
    timeoutMs: 5000,
    signal: never,
  });
  await component.stop();
  t.is(await component.ended, 'it was ended by SIGKILL');
});

test('a program that is not there is explained', async (t) => {
  const spec = { name: 'ghost', program: '/nowhere/ghost', args: [] };
  const started = await startComponent(spec, await place(t)).catch((error: unknown) => error);
  if (started instanceof Error) t.regex(started.message, /ghost could not be started/);
  else t.regex(await (started as { ended: Promise<string> }).ended, /exit code 127/);
});

test('a ledger ends what still runs, and leaves a process alone that was given an old number', async (t) => {
  const where = await place(t);
  const component = await startComponent(shell('left-behind', 'exec sleep 60'), where);
  t.deepEqual(
    runningProcesses(where.ledgerFile).map(({ name }) => name),
    ['left-behind'],
  );
  const ledger = await readFile(where.ledgerFile, 'utf8');
  const own = identityOf(process.pid);
  t.truthy(own);
  const { writeFile } = await import('node:fs/promises');
  await writeFile(
    where.ledgerFile,
    `${ledger}{"name":"reused","pid":${process.pid},"startedAt":"1"}\n{"name":"torn`,
  );
  t.deepEqual(await endRecorded(where.ledgerFile), ['left-behind']);
  t.regex(await component.ended, /SIGTERM/);
});

test("a component can see neither the user's kubeconfig nor their proxies", async (t) => {
  process.env['KUBECONFIG'] = '/home/someone/.kube/config';
  t.teardown(() => delete process.env['KUBECONFIG']);
  const script = 'echo "[$KUBECONFIG]"; exec sleep 60';
  const component = await startComponent(shell('curious', script), await place(t));
  await waitUntil(async () => (await endOfLog(component.logFile)) || undefined, {
    goal: 'output',
    timeoutMs: 5000,
    signal: never,
  });
  await component.stop();
  t.is(await endOfLog(component.logFile), '[]');
});

test('a component tells its times in UTC, wherever it runs', async (t) => {
  const component = await startComponent(shell('clock', 'echo "[$TZ]"; exec sleep 60'), await place(t));
  await waitUntil(async () => (await endOfLog(component.logFile)) || undefined, {
    goal: 'output',
    timeoutMs: 5000,
    signal: never,
  });
  await component.stop();
  t.is(await endOfLog(component.logFile), '[UTC]');
});

test('a component that is killed has no chance to put anything in order', async (t) => {
  const component = await startComponent(
    shell('tidy', 'trap "echo tidied; exit" TERM; echo set; while :; do sleep 1; done'),
    await place(t),
  );
  await waitUntil(async () => (await endOfLog(component.logFile)) || undefined, {
    goal: 'the trap',
    timeoutMs: 5000,
    signal: never,
  });
  await component.kill();
  t.true(component.isStopping());
  t.is(await component.ended, 'it was ended by SIGKILL');
  t.is(await endOfLog(component.logFile), 'set');
});
