import test, { type ExecutionContext } from 'ava';
import { readFile, stat } from 'node:fs/promises';
import path from 'node:path';
import { parse } from 'yaml';
import { waitUntil } from '../../common/wait.ts';
import { findContainerEngine, type ContainerEngine } from '../../lab/containers/container-engine.ts';
import { hasImage } from '../../lab/containers/engine-images.ts';
import { directTestcontainers } from '../../lab/containers/engine-socket.ts';
import { networkName, openNetwork } from '../../lab/containers/network.ts';
import { createLabHome } from '../../lab/home/lab-home.ts';
import { debianBase } from '../../lab/images/debian-base.ts';
import { chosenK3sImage } from '../../lab/k3s/image.ts';
import { k3sCluster } from '../../lab/k3s/k3s-lab.ts';
import { readRun } from '../../reports/record/reader.ts';
import { documented } from '../documented/pages.ts';
import { shortened, startTyped } from '../documented/typing.ts';
import { makeStandIns } from './k3s-stand-in.ts';
import { labNames, makePlace, patientProfile, startProgram, type TestPlace } from '../support.ts';

const minutes = 60_000;
const { signal } = new AbortController();

const engine = await findContainerEngine(process.env).catch(() => undefined);
const base = await debianBase().catch(() => undefined);
const hasK3s = engine !== undefined && (await hasImage(engine, chosenK3sImage(process.env), signal));
const standIns = engine === undefined || base === undefined ? undefined : await makeStandIns(engine, base);

test.after.always(async () => standIns?.remove());

// Without a container engine and the images, the summary says that these were skipped.
const withEngine = engine === undefined ? test.serial.skip : test.serial;
const withK3s = hasK3s ? test.serial : test.serial.skip;
const withStandIns = standIns === undefined ? test.serial.skip : test.serial;

interface Bench {
  readonly engine: ContainerEngine;
  readonly standIns: NonNullable<typeof standIns>;
}

function bench(): Bench {
  if (engine === undefined || standIns === undefined) throw new Error('there is no container engine');
  return { engine, standIns };
}

/** The containers with this name, running or not. */
async function containersOf(name: string): Promise<string[]> {
  const all = (await engine?.run(['ps', '--all', '--format', '{{.Names}}'])) ?? '';
  return all.split('\n').filter((container) => container === name);
}

async function untilThere(name: string): Promise<void> {
  await waitUntil(async () => ((await containersOf(name)).length === 1 ? true : undefined), {
    goal: `the container ${name}`,
    timeoutMs: 3 * minutes,
    signal,
  });
}

/** The cluster of a lab of that name, made of the stand-in; what is left of it is removed after the test. */
async function prepareCluster(t: ExecutionContext, labName: string, interruption = signal) {
  const { directory } = await makePlace(t);
  const { engine, standIns } = bench();
  await directTestcontainers(engine, signal);
  await openNetwork(engine, signal);
  const home = await createLabHome({ name: labName, runs: 'a test', root: path.join(directory, 'labs') });
  const { logDirectory } = home;
  const cluster = k3sCluster(
    { engine, image: standIns.k3s },
    { home, logDirectory, nodes: 1, podStartMs: 0, signal: interruption },
  );
  t.teardown(cluster.remove);
  return { cluster, home, container: `${labName}-k3s` };
}

withStandIns(
  'a cluster is one container that nothing but this machine reaches, and that takes images',
  async (t) => {
    t.timeout(5 * minutes);
    const { engine, standIns } = bench();
    const { cluster, home, container } = await prepareCluster(t, `k3s-test-${process.pid}`);
    const { kubeconfigFile, images, untilBroken, cutPower } = await cluster.make(signal);
    const inspect = async (question: string): Promise<string> =>
      (await engine.run(['inspect', '--format', question, container])).trim();

    const published = await engine.run(['port', container]);
    t.regex(published.trim(), /^6443\/tcp -> 127\.0\.0\.1:\d+$/);
    t.is(await inspect('{{json .HostConfig.Binds}}'), 'null');
    t.is(await inspect('{{.Config.Hostname}}'), home.name);
    t.is(await inspect('{{.HostConfig.NetworkMode}}'), networkName);

    t.is((await stat(kubeconfigFile)).mode & 0o777, 0o600);
    const server = `https://${published.trim().split(' ').at(-1) ?? ''}`;
    t.like(parse(await readFile(kubeconfigFile, 'utf8')), { clusters: [{ cluster: { server } }] });
    t.regex(await readFile(path.join(home.logDirectory, 'k3s.log'), 'utf8'), /server --disable=traefik/);

    const made = 'gitops-lab-test/made:1';
    const needed = [
      { reference: made, isPublished: false, recipe: standIns.recipe },
      { reference: standIns.small, isPublished: false },
    ];
    await images.provide(needed, signal);
    const imported = await engine.run(['exec', container, 'cat', '/imported']);
    for (const { reference } of needed) t.true(imported.includes(reference), reference);

    const broken = untilBroken(signal);
    await cutPower();
    t.deepEqual(await broken, { name: container, how: 'the node ended with exit code 137' });
    await cluster.remove();
    await cluster.remove();
    t.deepEqual(await containersOf(container), []);
  },
);

withStandIns('an interruption does not wait for k3s, and leaves no container', async (t) => {
  t.timeout(5 * minutes);
  for (const moment of ['at once', 'while it starts']) {
    const interruption = new AbortController();
    const name = `slow-k3s-test-${process.pid}-${moment.length}`;
    const { cluster, container } = await prepareCluster(t, name, interruption.signal);
    const making = cluster.make(interruption.signal);
    const refused = t.throwsAsync(making, { message: 'interrupted' });
    if (moment !== 'at once') await untilThere(container);
    interruption.abort(new Error('interrupted'));
    await refused;
    await cluster.remove();
    t.deepEqual(await containersOf(container), [], moment);
  }
});

/** What starts a run in k3s labs that are made from this image. */
function runOf(place: TestPlace, image: string): [TestPlace, string[]] {
  const environment = { ...place.environment, GITOPS_LAB_K3S_IMAGE: image };
  const words = ['scenario', 'drift-recovery', '--lab=k3s', '--engine=flux', `--out=${place.runs}`];
  return [{ ...place, environment }, words];
}

withStandIns(
  'of a run that is interrupted nothing is left, and of one that is killed nothing that lab down does not remove',
  async (t) => {
    t.timeout(8 * minutes);
    const { standIns } = bench();
    const place = await makePlace(t);
    for (const kind of ['SIGINT', 'SIGKILL'] as const) {
      const program = startProgram(t, ...runOf(place, standIns.k3s));
      const [name = ''] = await waitUntil(
        async () => {
          const names = await labNames(place);
          return names.length === 1 && !(names[0] ?? '.').startsWith('.') ? names : undefined;
        },
        { goal: 'a lab', timeoutMs: 3 * minutes, signal, hopeless: program.then(({ all }) => all) },
      );
      const container = `${name}-k3s`;
      await untilThere(container);
      program.kill(kind);
      const { exitCode, all } = await program;
      if (kind === 'SIGINT') {
        t.is(exitCode, 130, all);
      } else {
        t.deepEqual(await containersOf(container), [container], 'it outlives the program');
        const down = await startProgram(t, place, ['lab', 'down', '--all']);
        t.is(down.exitCode, 0, down.all);
      }
      t.deepEqual(await containersOf(container), [], kind);
      t.deepEqual(await labNames(place), [], kind);
    }
  },
);

withEngine('an image that can not be had is named, with the labs that need none', async (t) => {
  t.timeout(3 * minutes);
  const place = await makePlace(t);
  const command = documented('GITOPS_LAB_K3S_IMAGE=mine/k3s:1 npm run scenario drift-recovery -- --lab k3s');
  const typed = shortened(command.replace('mine/', 'registry.invalid/'), [`--out=${place.runs}`]);
  const { exitCode, all } = await startTyped(t, place, typed);
  t.is(exitCode, 1, all);
  t.regex(all, /the image registry\.invalid\/k3s:1 can't be had/);
  t.regex(all, /--lab kind or --lab embedded/);
  t.deepEqual(await labNames(place), []);
});

withK3s('an engine runs in a cluster of k3s, and is measured as in any lab', async (t) => {
  t.timeout(15 * minutes);
  const place = await makePlace(t);
  const profile = await patientProfile(place, 'warmups: 0\n');
  const flags = ['--engine=flux', '--only=delete-deployment', '--iterations=1', `--profile=${profile}`];
  const command = documented('npm run scenario drift-recovery -- --lab k3s');
  const { exitCode, all } = await startTyped(t, place, shortened(command, [...flags, `--out=${place.runs}`]));
  t.is(exitCode, 0, all);
  const { results } = await readRun(path.join(place.runs, 'drift-recovery', 'latest'));
  t.like(results.lab, { provider: 'k3s', podsAreSimulated: false, nodes: 1 });
  t.deepEqual(
    results.iterations.map(({ verdict }) => verdict),
    ['valid'],
  );
  t.deepEqual(await labNames(place), []);
});
