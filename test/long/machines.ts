import test from 'ava';
import { execa } from 'execa';
import { engine } from '../node-engine.ts';

async function hasVagrant(): Promise<boolean> {
  const { exitCode } = await execa('vagrant', ['--version'], { reject: false, stdin: 'ignore' });
  return exitCode === 0;
}

/** A test whose nodes are machines of Vagrant. Without Vagrant, Docker and an image for the nodes, the summary says that it was skipped. */
export const withMachines =
  engine?.name === 'docker' && (await hasVagrant()) ? test.serial : test.serial.skip;
