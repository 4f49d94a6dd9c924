import getPort from 'get-port';
import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { ExplainedError } from '../../common/explained-error.ts';
import { runPlaybook } from '../../lab/ansible/run-playbook.ts';
import { providePythonEnvironment } from '../../lab/toolchain/python-environment.ts';
import { createWorkContext } from '../../lab/toolchain/work-context.ts';
import { makeKey } from '../../lab/vagrant/machine-key.ts';
import { readRun } from '../../reports/record/reader.ts';
import { driftRecovery } from '../../scenarios/drift-recovery.ts';
import { machineLoss } from '../../scenarios/machine-loss.ts';
import { documented } from '../documented/pages.ts';
import { shortened, startTyped } from '../documented/typing.ts';
import { engine } from '../node-engine.ts';
import { labNames, leftProcesses, makePlace, patientProfile, startProgram, untilSaid } from '../support.ts';
import { makeRun } from './make-run.ts';
import { withMachines } from './machines.ts';

const minutes = 60_000;

/** The containers of these labs, running or not. */
async function machinesOf(names: readonly string[]): Promise<string[]> {
  const all = await engine?.run(['ps', '--all', '--format', '{{.Names}}']);
  return (all ?? '').split('\n').filter((machine) => names.some((name) => machine.startsWith(name)));
}

withMachines('a lab of machines comes up as its page says, and goes', async (t) => {
  t.timeout(10 * minutes);
  const place = await makePlace(t);
  const { exitCode, all } = await startTyped(
    t,
    place,
    documented('npm run lab -- up --lab vagrant --nodes 2'),
  );
  t.is(exitCode, 0, all);
  const names = await labNames(place);
  t.is((await machinesOf(names)).length, 2);
  const down = await startProgram(t, place, ['lab', 'down', '--all']);
  t.is(down.exitCode, 0, down.all);
  t.deepEqual(await machinesOf(names), []);
  t.deepEqual(await labNames(place), []);
});

withMachines('an engine puts drift right in a cluster of machines', async (t) => {
  t.timeout(15 * minutes);
  const place = await makePlace(t);
  const { results, counted, reasons } = await makeRun(t, place, driftRecovery, {
    command: documented('npm run scenario drift-recovery -- --lab vagrant --nodes 2'),
    words: ['--engine=flux', '--only=delete-deployment'],
  });
  t.like(results.lab, { provider: 'vagrant', podsAreSimulated: false, nodes: 2 });
  t.deepEqual(
    counted.map(({ verdict }) => verdict),
    ['valid'],
    reasons,
  );
});

withMachines('an engine goes on when a worker is lost; nothing stays', async (t) => {
  t.timeout(20 * minutes);
  const place = await makePlace(t);
  const flags = [
    '--engine=flux',
    '--only=worker-off',
    '--iterations=1',
    '--seed=5',
    `--profile=${await patientProfile(place, 'warmups: 0\n')}`,
    `--out=${place.runs}`,
  ];
  const command = documented('npm run scenario machine-loss -- --lab vagrant');
  const program = startTyped(t, place, shortened(command, flags));
  await untilSaid(program, 'control plane ready');
  const names = await labNames(place);
  t.is((await machinesOf(names)).length, 3, 'a controller and two workers, for it takes so many');
  const { all, exitCode } = await program;
  t.is(exitCode, 0, all);
  t.regex(all, /Flux: 1 of 8, Make the machine controller\n/, 'how far it is');
  t.regex(all, /Flux: 8 of 8, Wait for the cluster\n/);

  const { results, history, directory } = await readRun(path.join(place.runs, 'machine-loss', 'latest'));
  t.like(results.lab, { provider: 'vagrant', podsAreSimulated: false, nodes: 3 });
  const [loss, ...more] = results.iterations.filter(({ verdict }) => verdict !== 'invalid');
  t.deepEqual(more, []);
  t.is(loss?.verdict, 'valid', results.iterations.map(({ reason }) => reason).join('; '));
  const { nodeMissedMs, nodeBackMs } = loss?.figures ?? {};
  t.true((nodeMissedMs ?? 0) > 10_000, 'Kubernetes waits before it misses a node');
  t.true(
    (loss?.timeToReadyMs ?? 0) >= (nodeMissedMs ?? Infinity),
    'before that, nothing is known to be lost',
  );
  t.is(nodeBackMs, null, 'it stays off until the iteration has ended');
  const last = history.findLast((fact) => fact.type === 'step');
  t.is(last?.step, 'node-back', 'and is turned on then');

  const log = await readFile(path.join(directory, 'logs', 'flux', 'vagrant.log'), 'utf8');
  t.notRegex(log, /PRIVATE KEY/);
  t.deepEqual(await leftProcesses(place), []);
  t.deepEqual(await labNames(place), []);
  t.deepEqual(await machinesOf(names), []);
});

withMachines('an engine whose own worker is lost is away until its pods are moved', async (t) => {
  t.timeout(25 * minutes);
  const place = await makePlace(t);
  const { counted, reasons } = await makeRun(t, place, machineLoss, {
    command: documented(
      'npm run scenario machine-loss -- --lab vagrant --engine flux --only engine-worker-off --iterations 1',
    ),
  });
  const [lost, ...more] = counted;
  t.deepEqual(more, []);
  t.is(lost?.verdict, 'valid', reasons);
  // The engine's pods tolerate a lost node for 300 s.
  t.true((lost?.timeToRestoreMs ?? 0) > 300_000, reasons);
});

withMachines(
  'a machine that can not be reached is named by its playbook, and the events are kept',
  async (t) => {
    t.timeout(5 * minutes);
    const { directory } = await makePlace(t);
    const { signal } = new AbortController();
    const keyFile = path.join(directory, 'key');
    await makeKey(keyFile, 'a test');
    const host = {
      name: 'controller',
      role: 'controller',
      address: '127.0.0.1',
      user: 'vagrant',
      keyFile,
    } as const;
    const error = await t.throwsAsync(
      async () =>
        runPlaybook({
          python: await providePythonEnvironment(createWorkContext(process.env, signal, () => undefined)),
          playbook: 'cluster.yaml',
          inventory: {
            hosts: [{ ...host, port: await getPort({ host: '127.0.0.1' }), nodeAddress: '127.0.0.1' }],
            knownHostsFile: path.join(directory, 'known_hosts'),
            variables: { programs_from: 'image' },
          },
          directory: path.join(directory, 'ansible'),
          logDirectory: directory,
          ident: 'once',
          environment: process.env,
          signal,
        }),
      { instanceOf: ExplainedError },
    );
    t.regex(error.message, /^the machine controller could not be reached for the task "Gathering Facts"/);
    t.regex(error.why ?? '', /Connection refused/);
    t.true(existsSync(path.join(directory, 'ansible', 'once', 'job_events')), error.next);
  },
);
