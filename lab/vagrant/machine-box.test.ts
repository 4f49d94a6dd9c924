import { chmod, mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import test, { type ExecutionContext } from 'ava';
import { list } from 'tar';
import { startClock } from '../../common/clock.ts';
import { ExplainedError } from '../../common/explained-error.ts';
import type { ContainerEngine } from '../containers/container-engine.ts';
import { boxFiles, boxMetadata, diskArguments, digestOfTree } from './box-parts.ts';
import { makeMachineBox } from './machine-box.ts';

async function temporary(t: ExecutionContext): Promise<string> {
  const directory = await mkdtemp(path.join(tmpdir(), 'machine box '));
  t.teardown(async () => rm(directory, { recursive: true }));
  return directory;
}

/** An engine that notes what it is told, and leaves the files that the container would. */
function engineFor(calls: string[][], imageId: () => string): ContainerEngine {
  return {
    name: 'docker',
    version: '1',
    cgroupVersion: 2,
    run: async (args) => {
      calls.push([...args]);
      if (args.includes('/kind/version')) return 'v1.36.3\n';
      if (args[0] === 'image') return `${imageId()}\n`;
      const directory = args.find((word) => word.endsWith(':/out'))?.slice(0, -':/out'.length);
      if (directory !== undefined)
        for (const name of ['vmlinuz', 'initrd.img', 'disk.raw'])
          await writeFile(path.join(directory, name), name);
      return '';
    },
  };
}

/** A qemu-img that copies. */
async function environmentWith(directory: string): Promise<NodeJS.ProcessEnv> {
  const programs = path.join(directory, 'programs');
  await mkdir(programs);
  const program = path.join(programs, 'qemu-img');
  await writeFile(program, '#!/bin/sh\n[ "$1" = --version ] || cp "$4" "$5"\n');
  await chmod(program, 0o755);
  return { PATH: `${programs}:${process.env['PATH'] ?? ''}`, XDG_CACHE_HOME: path.join(directory, 'cache') };
}

test('a box has what Vagrant asks for, is made once, and gives way to one of another image', async (t) => {
  const directory = await temporary(t);
  const calls: string[][] = [];
  let imageId = 'sha256:one';
  const options = {
    engine: engineFor(calls, () => imageId),
    environment: await environmentWith(directory),
    ...{ clock: startClock(), signal: new AbortController().signal, notice: () => undefined },
  };
  const file = await makeMachineBox(options);
  const names: string[] = [];
  await list({ file, onReadEntry: (entry) => void names.push(entry.path) });
  t.deepEqual(names, [...boxFiles]);
  t.true(calls.some(([first, flag]) => first === 'rm' && flag === '--force'));

  const builds = (): number => calls.filter(([first]) => first === 'build').length;
  const before = builds();
  t.is(await makeMachineBox(options), file);
  t.is(builds(), before);

  imageId = 'sha256:two';
  const other = await makeMachineBox(options);
  t.not(other, file);
  t.deepEqual(await readdir(path.dirname(file)), [path.basename(other)]);
  t.deepEqual(await readdir(path.join(directory, 'cache', 'gitops-lab', 'temporary')), []);
});

test('without qemu-img nothing is begun, and what to install is said', async (t) => {
  const directory = await temporary(t);
  const calls: string[][] = [];
  const error = await t.throwsAsync(
    makeMachineBox({
      engine: engineFor(calls, () => ''),
      environment: { PATH: '/nowhere', XDG_CACHE_HOME: directory },
      ...{ clock: startClock(), signal: new AbortController().signal, notice: () => undefined },
    }),
    { instanceOf: ExplainedError },
  );
  t.regex(error.next ?? '', /qemu-utils/);
  t.deepEqual(calls, []);
});

test('a disk is written where the engine shows it a directory, without a network', (t) => {
  const args = diskArguments('image:1', 'maker', '/a place');
  t.true(args.includes('/a place:/out'));
  t.deepEqual(args.slice(args.indexOf('--network'), args.indexOf('--network') + 2), ['--network', 'none']);
  t.regex(args.at(-1) ?? '', /mke2fs .* \/out\/disk\.raw 20G$/);
  t.like(JSON.parse(boxMetadata()), { provider: 'libvirt', format: 'qcow2', virtual_size: 20 });
});

test('a digest of files changes with their names and their contents', async (t) => {
  const directory = await temporary(t);
  await mkdir(path.join(directory, 'below'));
  const file = path.join(directory, 'below', 'one');
  await writeFile(file, '1');
  const first = await digestOfTree(directory);
  t.is(await digestOfTree(directory), first);
  await writeFile(file, '2');
  const second = await digestOfTree(directory);
  t.not(second, first);
  await rm(file);
  await writeFile(path.join(directory, 'below', 'two'), '2');
  t.not(await digestOfTree(directory), second);
});

test('the machine takes its key from where the Vagrantfile writes it', async (t) => {
  const vagrant = path.join(import.meta.dirname, '..', '..', 'vagrant');
  const parameter = 'gitops-lab.key=';
  t.true((await readFile(path.join(vagrant, 'Vagrantfile'), 'utf8')).includes(parameter));
  const unit = await readFile(path.join(vagrant, 'box/files/etc/systemd/system/machine-key.service'), 'utf8');
  t.true(unit.replaceAll('\\', '').includes(parameter));
});
