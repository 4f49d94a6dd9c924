import getPort from 'get-port';
import { existsSync } from 'node:fs';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { ExplainedError } from '../../common/explained-error.ts';
import { runPlaybook } from '../../lab/ansible/run-playbook.ts';
import { providePythonEnvironment } from '../../lab/toolchain/python-environment.ts';
import { createWorkContext } from '../../lab/toolchain/work-context.ts';
import { makeKey } from '../../lab/vagrant/machine-key.ts';
import { readRun } from '../../reports/record/reader.ts';
import { withMachines } from './machines.ts';
import { engine } from '../node-engine.ts';
import { labNames, leftProcesses, makePlace, patientProfile, startProgram, untilSaid } from '../support.ts';

const minutes = 60_000;
const root = fileURLToPath(new URL('../..', import.meta.url));

/** A drift and the loss of a worker in one lab, for a lab of three machines takes longer than both. */
const driftAndLoss = `
import { shopDrift } from ${JSON.stringify(path.join(root, 'scenarios/applications/shop-disturbances.ts'))};
import { machineLoss } from ${JSON.stringify(path.join(root, 'scenarios/machine-loss.ts'))};
const [drift] = shopDrift;
const { knownToTakeMs, ...loss } = machineLoss.disturbances[0];
export default { ...machineLoss, name: 'drift-and-loss', disturbances: [drift, loss], iterations: 1 };
`;

/** The containers of these labs, running or not. */
async function machinesOf(names: readonly string[]): Promise<string[]> {
  const all = await engine?.run(['ps', '--all', '--format', '{{.Names}}']);
  return (all ?? '').split('\n').filter((machine) => names.some((name) => machine.startsWith(name)));
}

withMachines('an engine puts drift right, and goes on when a worker is lost; nothing stays', async (t) => {
  t.timeout(20 * minutes);
  const place = await makePlace(t);
  const scenarios = path.join(place.directory, 'scenarios');
  await mkdir(scenarios);
  await writeFile(path.join(scenarios, 'drift-and-loss.ts'), driftAndLoss);
  const program = startProgram(t, place, [
    'scenario',
    'drift-and-loss',
    `--scenarios=${scenarios}`,
    '--lab=vagrant',
    '--iterations=1',
    '--engine=flux',
    '--seed=5',
    `--profile=${await patientProfile(place, 'warmups: 0\n')}`,
    `--out=${place.runs}`,
  ]);
  await untilSaid(program, 'control plane ready');
  const names = await labNames(place);
  t.is((await machinesOf(names)).length, 3, 'a controller and two workers, for it takes so many');
  const { all, exitCode } = await program;
  t.is(exitCode, 0, all);
  t.regex(all, /Flux: 1 of 8, Make the machine controller\n/, 'how far it is');
  t.regex(all, /Flux: 8 of 8, Wait for the cluster\n/);

  const { results, history, directory } = await readRun(path.join(place.runs, 'drift-and-loss', 'latest'));
  t.like(results.lab, { provider: 'vagrant', podsAreSimulated: false, nodes: 3 });
  const counted = results.iterations.filter(({ verdict }) => verdict !== 'invalid');
  t.is(counted.length, 2, results.iterations.map(({ reason }) => reason).join('; '));
  for (const { disturbance, verdict, reason, timeToReadyMs } of counted) {
    t.is(verdict, 'valid', `${disturbance}: ${reason}`);
    t.true((timeToReadyMs ?? 0) > 0);
  }
  const loss = counted.find(({ disturbance }) => disturbance === 'worker-off');
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
