import { embedded } from '../../lab/embedded/provider.ts';
import test, { type ExecutionContext } from 'ava';
import path from 'node:path';
import { PassThrough } from 'node:stream';
import { ExplainedError } from '../../common/explained-error.ts';
import { readOverall } from '../../reports/record/overall.ts';
import { makeUpRun } from '../../reports/testing/made-up-run.ts';
import { recordRun, temporaryDirectory } from '../../reports/testing/run-on-disk.ts';
import { driftRecovery } from '../../scenarios/drift-recovery.ts';
import type { Surroundings } from '../surroundings.ts';
import { makeSeries } from './make-series.ts';
import type { PreparedPart } from './prepared-run.ts';

/** A part whose run is made up, after what is done `before`. */
function partNamed(name: string, outputRoot: string, before: () => void): PreparedPart {
  const run: PreparedPart['run'] = {
    outputRoot,
    seed: 7,
    plan: () => ({}),
    planText: () => name,
    roughDurationMs: () => 60_000,
    subject: { scenario: name, lab: 'embedded', profile: 'matched', engines: ['flux'], disturbances: [] },
    make: async ({ signal, onRecording }) => {
      before();
      signal.throwIfAborted();
      const made = makeUpRun({ disturbances: ['edit-env'], iterationsPerDisturbance: 1 });
      const results = { ...made.results, scenario: { ...made.results.scenario, name } };
      const directory = await recordRun(outputRoot, { ...made, results });
      onRecording(directory);
      return { directory, results };
    },
  };
  return { name, summary: name, run };
}

/** Makes parts that do these things before; what is recorded of it, what it says, and what the process would end with. */
async function make(
  t: ExecutionContext,
  deeds: Readonly<Record<string, (stop: () => void) => void>>,
  /** Told where the live view is; there is one where this is given. */
  onView?: (url: string) => void,
) {
  const outputRoot = await temporaryDirectory(t);
  const interruption = new AbortController();
  const stop = (): void => {
    interruption.abort(new Error('interrupted'));
  };
  const stdout = new PassThrough();
  const said: string[] = [];
  stdout.on('data', (chunk: Buffer) => {
    said.push(chunk.toString());
    const url = /^http:\S+$/m.exec(chunk.toString())?.[0];
    if (url !== undefined) onView?.(url);
  });
  let exitCode = 0;
  const stream = stdout as unknown as NodeJS.WriteStream;
  const surroundings: Surroundings = {
    registry: {
      labs: [{ name: 'embedded', summary: '', flags: ['nodes'], choose: () => embedded }],
      engines: ['flux'],
      scenarios: [driftRecovery],
      otherScenarios: [],
    },
    environment: {},
    stdout: stream,
    stderr: stream,
    interruption: {
      signal: interruption.signal,
      interrupt: stop,
      loseOutput: stop,
      outliveTerminal: () => undefined,
    },
    setExitCode: (code) => (exitCode = code),
  };
  const parts = Object.entries(deeds).map(([name, deed]) =>
    partNamed(name, outputRoot, () => {
      deed(stop);
    }),
  );
  const series = { outputRoot, seed: 7, plan: () => ({}), planText: () => '', parts, commandLine: ['all'] };
  await makeSeries(series, false, surroundings, onView !== undefined);
  const overall = await readOverall(path.join(outputRoot, 'all', 'latest'));
  return { overall, exitCode, said: said.join('') };
}

const nothing = (): void => undefined;

test('a part that fails keeps no other from being made, and the series ends as failed', async (t) => {
  const fail = (): void => {
    throw new ExplainedError({ what: 'the disk is full', next: 'make room' });
  };
  const { overall, exitCode, said } = await make(t, { first: fail, second: nothing });
  t.is(exitCode, 1);
  t.is(overall.status, 'failed');
  t.deepEqual(
    overall.parts.map(({ scenario, status }) => [scenario, status]),
    [
      ['first', 'failed'],
      ['second', 'complete'],
    ],
  );
  t.regex(overall.parts[0]?.reason ?? '', /the disk is full/);
  t.regex(said, /make room/);
});

test('a Ctrl-C ends the part that runs, begins no further one, and keeps what was made', async (t) => {
  const { overall, exitCode, said } = await make(t, {
    first: nothing,
    second: (stop) => {
      stop();
    },
    third: nothing,
  });
  t.is(exitCode, 130);
  t.is(overall.status, 'interrupted');
  t.deepEqual(
    overall.parts.map(({ status }) => status),
    ['complete', 'interrupted', 'not-begun'],
  );
  t.truthy(overall.parts[0]?.run);
  t.notRegex(said, /part 3/);
});

test('a live view follows one part after the other, and ends with the answer on all', async (t) => {
  let told: Promise<string> | undefined;
  const { said } = await make(t, { first: nothing, second: nothing }, (url) => {
    told = fetch(url.replace('/?', '/events?')).then(async (response) => response.text());
  });
  const events = ((await told) ?? '').split('\n\n').filter((event) => event.startsWith('data: {'));
  const last = events.at(-1) ?? '';
  t.regex(last, /"scenario":"second".*"part":"part 2 of 2".*"ending":{"status":"complete"/);
  const report = /^report on all: (.*report\.html), and report\.md beside it$/m.exec(said)?.[1] ?? 'none';
  t.true(last.includes(`"report":"${report}"`), last);
});
