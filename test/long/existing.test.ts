import test, { type ExecutionContext } from 'ava';
import { execa } from 'execa';
import { readFile, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { stringify } from 'yaml';
import { waitUntil } from '../../common/wait.ts';
import { endLab } from '../../lab/home/labs.ts';
import { openCluster } from '../../lab/kube/kube-access.ts';
import { readRun } from '../../reports/record/reader.ts';
import { allObjects } from './all-objects.ts';
import { documented } from '../documented/pages.ts';
import { shortened, startTyped } from '../documented/typing.ts';
import { withTerminals } from '../terminals.ts';
import { labNames, makePlace, patientProfile, startProgram, untilSaid, type TestPlace } from '../support.ts';

const minutes = 60_000;
const theirs = 'theirs';

interface Cluster {
  /** With the cluster's kubeconfig as the user's own. */
  readonly place: TestPlace;
  readonly kubeconfig: string;
}

async function bringUp(
  t: ExecutionContext,
  place: TestPlace,
  name: string,
  ...more: readonly string[]
): Promise<string> {
  const up = await startProgram(t, place, ['lab', 'up', name, ...more]);
  t.is(up.exitCode, 0, up.all);
  t.teardown(async () => {
    // A test may have ended it.
    await endLab(name, place.labs).catch(() => undefined);
  });
  return path.join(place.labs, name, 'kubeconfig');
}

/** A cluster that was started by hand, with simulated pods. */
async function startCluster(t: ExecutionContext, ...more: readonly string[]): Promise<Cluster> {
  const place = await makePlace(t);
  const file = await bringUp(t, place, theirs, ...more);
  return {
    place: { ...place, environment: { ...place.environment, KUBECONFIG: file } },
    kubeconfig: await readFile(file, 'utf8'),
  };
}

/** What a cluster holds once its controllers have begun: each makes objects of its own when it does. */
async function settledObjects(kubeconfig: string): Promise<string[]> {
  let last = '';
  return waitUntil(
    async () => {
      const all = await allObjects(kubeconfig);
      const hasBegun = all.some((one) => one.startsWith('configmaps default/kube-root-ca.crt '));
      const isSame = all.join() === last;
      last = all.join();
      return hasBegun && isSame ? all : undefined;
    },
    {
      goal: 'the cluster to settle',
      timeoutMs: 2 * minutes,
      everyMs: 5000,
      signal: new AbortController().signal,
    },
  );
}

async function wordsFor(place: TestPlace, ...more: readonly string[]): Promise<string[]> {
  const profile = await patientProfile(place, 'warmups: 0\n');
  return [
    'scenario',
    'drift-recovery',
    '--lab=existing',
    `--context=${theirs}`,
    `--profile=${profile}`,
    '--only=delete-deployment',
    '--iterations=1',
    `--out=${place.runs}`,
    ...more,
  ];
}

/** What a page has somebody type, with the context and this machine's address in it. */
function inTheirs(command: string): string {
  return command.replace('NAME', theirs).replace('ADDR', '127.0.0.1');
}

/** Kills a run in the middle; the lab that it leaves. */
async function killMeasuring(
  t: ExecutionContext,
  place: TestPlace,
  words: readonly string[],
): Promise<string> {
  const killed = startProgram(t, place, words);
  await untilSaid(killed, 'engine installed');
  killed.kill('SIGKILL');
  await killed;
  const [left = ''] = (await labNames(place)).filter((name) => name !== theirs);
  return left;
}

test.serial('a cluster that is there is measured in, and is the same afterwards', async (t) => {
  t.timeout(10 * minutes);
  const { place, kubeconfig } = await startCluster(t);
  const before = await settledObjects(kubeconfig);
  const unasked = await startProgram(t, place, await wordsFor(place));
  t.is(unasked.exitCode, 2, unasked.all);
  t.regex(unasked.all, /nobody has agreed to disturb the cluster of the context "theirs"/);
  t.deepEqual(await allObjects(kubeconfig), before);

  const command = documented(
    'npm run scenario drift-recovery -- --lab existing --context NAME --host-address ADDR',
  );
  const run = await startTyped(
    t,
    place,
    shortened(inTheirs(command), [
      `--consent=${theirs}`,
      `--profile=${await patientProfile(place, 'warmups: 0\n')}`,
      '--only=delete-deployment',
      '--iterations=1',
      `--out=${place.runs}`,
    ]),
  );
  t.is(run.exitCode, 0, run.all);
  const { results } = await readRun(path.join(place.runs, 'drift-recovery', 'latest'));
  t.like(results.lab, { provider: 'existing', podsAreSimulated: true, nodes: 1 });
  t.deepEqual(results.iterations.map(({ engine, verdict }) => `${engine} ${verdict}`).sort(), [
    'argocd valid',
    'flux valid',
  ]);
  t.deepEqual(await allObjects(kubeconfig), before, 'nothing is left, and nothing else was touched');
  t.deepEqual(await labNames(place), [theirs]);
});

test.serial(
  'what a killed program leaves in a cluster is seen by the next, and removed with the lab or without it',
  async (t) => {
    t.timeout(10 * minutes);
    const { place, kubeconfig } = await startCluster(t);
    const before = await settledObjects(kubeconfig);
    const words = await wordsFor(place, `--consent=${theirs}`, '--engine=flux');
    const left = await killMeasuring(t, place, words);
    t.not((await allObjects(kubeconfig)).length, before.length);

    const next = await startProgram(t, place, words);
    t.is(next.exitCode, 1, next.all);
    t.true(next.all.includes(`the lab "${left}" uses the cluster, or was not removed from it`), next.all);

    const down = documented('npm run lab -- down NAME').replace('NAME', left);
    const removed = await startTyped(t, place, `${documented('npm run lab -- status')}\n${down}`);
    t.is(removed.exitCode, 0, removed.all);
    t.true(removed.all.includes(left));
    t.deepEqual(await allObjects(kubeconfig), before);

    const lost = await killMeasuring(t, place, words);
    await rm(path.join(place.labs, lost), { recursive: true });
    const refused = await startProgram(t, place, words);
    t.true(refused.all.includes(`npm run lab -- clear --context ${theirs}`), refused.all);
    const clear = inTheirs(documented('npm run lab -- clear --context NAME'));
    const withLab = await allObjects(kubeconfig);
    const unasked = await startTyped(t, place, clear);
    t.is(unasked.exitCode, 2, unasked.all);
    t.regex(unasked.all, /Namespace flux-system\n.*CustomResourceDefinition .*Namespace gitops-lab\n/s);
    t.deepEqual(await allObjects(kubeconfig), withLab);
    const clearNow = shortened(clear, ['--consent', theirs]);
    const cleared = await startTyped(t, place, clearNow);
    t.is(cleared.exitCode, 0, cleared.all);
    t.deepEqual(await allObjects(kubeconfig), before);
    const again = await startTyped(t, place, clearNow);
    t.is(again.exitCode, 0, again.all);
    t.regex(again.all, /no lab has left anything/);
  },
);

test.serial('all that the lab made in a cluster is lost and made anew, and the rest stays', async (t) => {
  t.timeout(10 * minutes);
  const { place, kubeconfig } = await startCluster(t);
  const before = await settledObjects(kubeconfig);
  const profile = await patientProfile(place, 'warmups: 0\n');
  const command = documented(
    'npm run scenario cluster-wipe -- --lab existing --context NAME --host-address ADDR',
  );
  const flags = [`--consent=${theirs}`, '--engine=flux', `--profile=${profile}`, `--out=${place.runs}`];
  const { exitCode, all } = await startTyped(t, place, shortened(inTheirs(command), flags));
  t.is(exitCode, 0, all);
  const { results } = await readRun(path.join(place.runs, 'cluster-wipe', 'latest'));
  const [iteration, ...more] = results.iterations;
  t.deepEqual(more, []);
  t.like(iteration, { disturbance: 'objects-apps-10', verdict: 'valid' }, JSON.stringify(iteration));
  t.is(iteration?.figures['objectsDiffering'], 0);
  t.true((iteration?.figures['objectsCompared'] ?? 0) > 100);
  t.deepEqual(await allObjects(kubeconfig), before);
});

test.serial(
  'what others have in a cluster is left alone, and a cluster that is lost is told of',
  async (t) => {
    t.timeout(10 * minutes);
    const { place, kubeconfig } = await startCluster(t);
    const access = openCluster(kubeconfig);
    const shop = { apiVersion: 'v1', kind: 'Namespace', name: 'shop' };
    await access.apply({ apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'shop' } }, 'somebody');
    const before = await settledObjects(kubeconfig);
    const words = await wordsFor(place, `--consent=${theirs}`, '--engine=argocd');
    const refused = await startProgram(t, place, words);
    t.is(refused.exitCode, 1, refused.all);
    t.regex(refused.all, /the namespace shop is there already, and is not the lab's/);
    t.deepEqual(await allObjects(kubeconfig), before);
    await access.remove(shop);
    const isGone = async (): Promise<true | undefined> =>
      access.get('/api/v1/namespaces/shop').then(
        () => undefined,
        () => true,
      );
    const { signal } = new AbortController();
    await waitUntil(isGone, { goal: 'the namespace shop to be gone', timeoutMs: minutes, signal });
    access.close();

    const measuring = startProgram(t, place, words);
    await untilSaid(measuring, 'engine installed');
    await startProgram(t, place, ['lab', 'down', theirs]);
    const { exitCode, all } = await measuring;
    t.is(exitCode, 1, all);
    t.regex(all, /could not be removed|has not answered for/);
  },
);

test.serial(
  'an engine that others have installed is not taken over, and adopting it does not touch what is theirs',
  async (t) => {
    t.timeout(10 * minutes);
    const { place, kubeconfig } = await startCluster(t, '--engine=flux');
    const before = await settledObjects(kubeconfig);
    const words = await wordsFor(place, `--consent=${theirs}`, '--engine=flux');
    const refused = await startProgram(t, place, words);
    t.is(refused.exitCode, 1, refused.all);
    t.regex(refused.all, /the engine is in use in the cluster/);
    t.deepEqual(await allObjects(kubeconfig), before);

    const taken = await startProgram(t, place, [...words, '--adopt']);
    t.is(taken.exitCode, 1, taken.all);
    t.regex(taken.all, /the namespace shop is there already, and is not the lab's/);
    t.deepEqual(await allObjects(kubeconfig), before);
  },
);

/** What the program ends with at a terminal where `typed` is typed at its question; the cluster is none that answers. */
async function typedAtTerminal(
  t: ExecutionContext,
  typed: string,
): Promise<{ exitCode: unknown; all: string }> {
  const place = await makePlace(t);
  const file = path.join(place.directory, 'nowhere');
  const server = 'https://127.0.0.1:1';
  const names = { clusters: [{ name: theirs, cluster: { server } }], users: [{ name: theirs, user: {} }] };
  const contexts = [{ name: theirs, context: { cluster: theirs, user: theirs } }];
  await writeFile(file, stringify({ apiVersion: 'v1', kind: 'Config', ...names, contexts }));
  const words = [process.execPath, '--import=tsx', 'cli.ts', ...(await wordsFor(place))];
  const command = words.map((word) => `'${word}'`).join(' ');
  const program = execa('script', ['--quiet', '--return', '--command', command, '/dev/null'], {
    cwd: path.resolve(import.meta.dirname, '..', '..'),
    env: { ...place.environment, KUBECONFIG: file },
    all: true,
    reject: false,
  });
  t.teardown(() => program.kill('SIGKILL'));
  await untilSaid(program, 'type the name of the context');
  program.stdin.write(typed);
  const { exitCode, all } = await program;
  return { exitCode, all };
}

withTerminals(
  'at a terminal the name of the context is asked for, and nothing else is consent',
  async (t) => {
    const wrong = await typedAtTerminal(t, 'yes\n');
    t.is(wrong.exitCode, 2, wrong.all);
    t.regex(wrong.all, /what was typed is not "theirs", so nothing was touched/);
    const right = await typedAtTerminal(t, `${theirs}\n`);
    t.is(right.exitCode, 1, right.all);
    t.regex(right.all, /nothing listens at its address/);
    const interrupted = await typedAtTerminal(t, '\u0003');
    t.is(interrupted.exitCode, 130, interrupted.all);
  },
);
