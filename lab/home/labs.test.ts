import test from 'ava';
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, statSync } from 'node:fs';
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { ExplainedError } from '../../common/explained-error.ts';
import { recordProcess } from '../process/ledger.ts';
import { identityOf, isRunning, type ProcessIdentity } from '../process/process-identity.ts';
import { createLabHome } from './lab-home.ts';
import { takeOverLab, endLab, findLab, killOwnLabsNow, listLabs } from './labs.ts';
import { labsDirectory } from './place.ts';

interface World {
  readonly root: string;
  readonly started: ChildProcess[];
}

async function withWorld(run: (world: World) => Promise<void>): Promise<void> {
  const root = await mkdtemp(path.join(tmpdir(), 'lab home '));
  const started: ChildProcess[] = [];
  try {
    await run({ root, started });
  } finally {
    for (const subprocess of started) subprocess.kill('SIGKILL');
    await rm(root, { recursive: true });
  }
}

async function startSleeper({ started }: World): Promise<ProcessIdentity> {
  const sleeper = spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)'], {
    detached: true,
    stdio: 'ignore',
  });
  started.push(sleeper);
  await once(sleeper, 'spawn');
  const identity = identityOf(sleeper.pid ?? 0);
  if (identity === undefined) throw new Error('the sleeper does not run');
  return identity;
}

async function setOwner(directory: string, owner: ProcessIdentity): Promise<void> {
  const file = path.join(directory, 'lab.json');
  const mark = JSON.parse(await readFile(file, 'utf8')) as object;
  await writeFile(file, JSON.stringify({ ...mark, owner }));
}

const dead: ProcessIdentity = { pid: 1, startedAt: 'never' };

test('a new home is private and belongs to this process', async (t) => {
  await withWorld(async ({ root }) => {
    const home = await createLabHome({ name: 'one', runs: 'a test', root });
    t.is(statSync(home.directory).mode & 0o777, 0o700);
    t.true(existsSync(home.logDirectory) && existsSync(home.gitDirectory));
    const [found] = listLabs(root);
    t.is(found?.mark.owner.pid, process.pid);
    t.true(found?.isOwnerRunning);
    await home.release();
    await home.release();
    t.deepEqual(await readdir(root), []);
  });
});

test('a name that runs is refused, and nothing is left of the attempt', async (t) => {
  await withWorld(async ({ root }) => {
    await createLabHome({ name: 'one', runs: 'a test', root });
    const error = await t.throwsAsync(createLabHome({ name: 'one', runs: 'another', root }), {
      instanceOf: ExplainedError,
      message: 'a lab named "one" runs already',
    });
    t.regex(error.next ?? '', /lab -- down one/);
    t.deepEqual(await readdir(root), ['one']);
  });
});

test('a lab whose owner is dead makes room, and what it had running is ended', async (t) => {
  await withWorld(async (world) => {
    const { root } = world;
    const old = await createLabHome({ name: 'one', runs: 'a test', root });
    const leftover = await startSleeper(world);
    recordProcess(old.ledgerFile, { name: 'etcd', ...leftover });
    await setOwner(old.directory, dead);
    await createLabHome({ name: 'one', runs: 'a test', root });
    t.false(isRunning(leftover));
    t.false(existsSync(old.ledgerFile));
  });
});

test('what is not ours is neither listed, nor overwritten, nor removed', async (t) => {
  await withWorld(async ({ root }) => {
    await mkdir(path.join(root, 'mine'));
    await writeFile(path.join(root, 'mine', 'lab.json'), '{"name": "mine"}');
    t.deepEqual(listLabs(root), []);
    await t.throwsAsync(createLabHome({ name: 'mine', runs: 'a test', root }), { message: /in the way/ });
    await t.throwsAsync(endLab('mine', root), { message: 'there is no lab named "mine"' });
    t.deepEqual(await readdir(path.join(root, 'mine')), ['lab.json']);
  });
});

test('names that can be no directory are refused', async (t) => {
  await withWorld(async ({ root }) => {
    for (const name of ['', '../up', 'Big', 'a b', '-a', 'a'.repeat(64)]) {
      await t.throwsAsync(
        createLabHome({ name, runs: 'a test', root }),
        { message: /no name for a lab/ },
        name,
      );
    }
  });
});

test('ending a lab ends its owner and its processes, and spares a stranger with a recorded number', async (t) => {
  await withWorld(async (world) => {
    const { root } = world;
    const home = await createLabHome({ name: 'one', runs: 'a test', root });
    const [owner, component, stranger] = [
      await startSleeper(world),
      await startSleeper(world),
      await startSleeper(world),
    ];
    recordProcess(home.ledgerFile, { name: 'etcd', ...component });
    recordProcess(home.ledgerFile, { name: 'gone', pid: stranger.pid, startedAt: 'another time' });
    await setOwner(home.directory, owner);
    t.deepEqual(await endLab('one', root), ['etcd']);
    t.deepEqual([owner, component, stranger].map(isRunning), [false, false, true]);
    t.false(existsSync(home.directory));
  });
});

test('an unknown lab is answered with the nearest name', async (t) => {
  await withWorld(async ({ root }) => {
    await createLabHome({ name: 'course', runs: 'a test', root });
    const error = t.throws(() => findLab('curse', root), { instanceOf: ExplainedError });
    t.is(error.next, 'did you mean "course"? (known: course)');
    t.is(error.exitCode, 2);
  });
});

test('a claimed lab belongs to the process that claimed it', async (t) => {
  await withWorld(async ({ root }) => {
    const { directory } = await createLabHome({ name: 'one', runs: 'a test', root });
    await setOwner(directory, dead);
    await takeOverLab('one', root);
    t.is(findLab('one', root).mark.owner.pid, process.pid);
  });
});

test('killing at once takes the labs of this process alone', async (t) => {
  await withWorld(async (world) => {
    const { root } = world;
    const own = await createLabHome({ name: 'own', runs: 'a test', root });
    const others = await createLabHome({ name: 'others', runs: 'a test', root });
    const [mine, theirs] = [await startSleeper(world), await startSleeper(world)];
    recordProcess(own.ledgerFile, { name: 'etcd', ...mine });
    recordProcess(others.ledgerFile, { name: 'etcd', ...theirs });
    await setOwner(others.directory, dead);
    const ended = once(world.started[0] ?? process, 'exit');
    killOwnLabsNow(root);
    t.deepEqual(await ended, [null, 'SIGKILL']);
    t.true(isRunning(theirs));
  });
});

test('the labs lie below XDG_DATA_HOME, unless it is relative', (t) => {
  t.is(labsDirectory({ XDG_DATA_HOME: '/data' }), '/data/gitops-lab/labs');
  t.true(path.isAbsolute(labsDirectory({ XDG_DATA_HOME: 'data' })));
});
