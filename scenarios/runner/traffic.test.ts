import test, { type ExecutionContext } from 'ava';
import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { ComponentSpec, StartedComponent } from '../../lab/process/component.ts';
import type { Observation } from '../../reports/record/observation.ts';
import { linesOf } from '../requests/samples-for-tests.ts';
import { factAt } from '../testing/facts.ts';
import { openTraffic, type Traffic, type TrafficPlace } from './traffic.ts';

const node = {
  status: {
    addresses: [
      { type: 'Hostname', address: 'node-1' },
      { type: 'InternalIP', address: '172.18.0.2' },
    ],
  },
};

/** A clock of a run that began 1000 ms after 1970; the machine's clock tells whole milliseconds. */
const clock = { nowMs: () => 5000.5, wallTime: () => new Date(6000) };

/** The k6 of a test: it has written its lines as soon as it is started. */
function k6Of(lines: readonly string[], started: ComponentSpec[]) {
  return async (spec: ComponentSpec): Promise<StartedComponent> => {
    started.push(spec);
    const [file = ''] = spec.args.flatMap((arg) => (arg.startsWith('json=') ? [arg.slice(5)] : []));
    await writeFile(file, lines.join('\n'));
    const nothing = async (): Promise<void> => Promise.resolve();
    const ended = new Promise<string>(() => undefined);
    return { name: 'k6', pid: 1, logFile: '', ended, isStopping: () => false, stop: nothing, kill: nothing };
  };
}

interface Opened {
  readonly traffic: Traffic;
  readonly directory: string;
  readonly started: readonly ComponentSpec[];
  readonly noted: readonly unknown[];
  readonly tell: (fact: Observation) => void;
}

async function open(t: ExecutionContext, lines: readonly string[]): Promise<Opened> {
  const directory = await mkdtemp(path.join(tmpdir(), 'gitops-lab traffic '));
  t.teardown(async () => rm(directory, { recursive: true }));
  const started: ComponentSpec[] = [];
  const noted: unknown[] = [];
  const waiters = new Set<(fact: Observation) => void>();
  const get = async (): Promise<unknown> => Promise.resolve({ items: [node] });
  const lab = { directory, run: k6Of(lines, started), access: { get } } as unknown as TrafficPlace['lab'];
  const load = { nodePort: 30_080, path: '/', perSecond: 50, timeoutMs: 1000 };
  const context = {
    traffic: { load, program: 'k6', lab, directory, clock },
    observer: {
      note: (fact: unknown) => void noted.push(fact),
      subscribe: (waiter: (fact: Observation) => void) => {
        waiters.add(waiter);
        return () => waiters.delete(waiter);
      },
    },
    signal: new AbortController().signal,
    onActivity: () => undefined,
  };
  const tell = (fact: Observation): void => {
    for (const waiter of waiters) waiter(fact);
  };
  return { traffic: openTraffic(context, 7), directory, started, noted, tell };
}

const planned = { disturbance: 'delete-pods', kind: 'measured' } as const;
const request = (name: string, sentAtMs: number, hasFailed = false) =>
  linesOf({ name, sentAtMs, endedAtMs: sentAtMs + 5, hasFailed });

test('requests go to a node, and what became of them is noted on the clock of the run', async (t) => {
  const lines = [request('1', 3000), request('2', 3020, true), request('3', 3040), request('4', 4000, true)];
  const { traffic, directory, started, noted, tell } = await open(t, lines.flat());
  await traffic.begin();
  await traffic.begin();
  t.is(started.length, 1);
  tell(factAt(2010, { type: 'disturbing', ...planned }));
  tell(factAt(2900, { type: 'watched', end: 'recovered', reason: '' }));
  await traffic.conclude();
  t.deepEqual(noted, [
    {
      type: 'requests',
      url: 'http://172.18.0.2:30080/',
      perSecond: 50,
      sent: 2,
      failed: 1,
      failedBefore: 0,
      unsent: 0,
      p95Ms: 5,
      gaps: [{ fromMs: 2000, toMs: 2040, failed: 1, isOpen: false }],
    },
  ]);
  t.deepEqual(await readdir(directory), ['7.jsonl.gz']);
});

test('where a scenario has no clients, nothing is started or noted', async (t) => {
  const { noted } = await open(t, []);
  const traffic = openTraffic(
    {
      traffic: undefined,
      observer: { note: () => t.fail(), subscribe: () => () => undefined },
      signal: new AbortController().signal,
      onActivity: () => undefined,
    },
    1,
  );
  await traffic.begin();
  await traffic.conclude();
  t.deepEqual(noted, []);
});
