import { mkdir } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { ExplainedError } from '../../common/explained-error.ts';
import { findContainerEngine, type ContainerEngine } from '../containers/container-engine.ts';
import { dataDirectory } from '../home/place.ts';
import type { Examination, LabProvider, PreparedLabs } from '../provider.ts';
import { freeBytesAt } from '../toolchain/free-space.ts';
import { providePythonEnvironment } from '../toolchain/python-environment.ts';
import { createWorkContext } from '../toolchain/work-context.ts';
import { provideMachineImage } from './machine-image.ts';
import { openMachineNetwork } from './network.ts';
import { demandRoom } from './room.ts';
import { startVagrantLab } from './vagrant-lab.ts';
import { findVagrant } from './vagrant-program.ts';

/** Where the Vagrant of all labs keeps its own files. */
const vagrantHomeOf = (environment: NodeJS.ProcessEnv): string =>
  path.join(dataDirectory(environment), 'vagrant');

async function findPrograms(environment: NodeJS.ProcessEnv): Promise<ContainerEngine> {
  await findVagrant(environment, vagrantHomeOf(environment));
  const engine = await findContainerEngine(environment);
  if (engine.name !== 'docker') {
    throw new ExplainedError({
      what: `Vagrant's Docker provider needs Docker, and only ${engine.name} was found`,
      next: 'install Docker (https://docs.docker.com/engine/install/), or use --lab kind',
    });
  }
  return engine;
}

/** Vagrant takes a second or more to say its version: it is asked once. */
const found = new WeakMap<NodeJS.ProcessEnv, Promise<ContainerEngine>>();

/** Looks for Vagrant and Docker, once in each environment. Throws an explained error where one is missing, too old or silent. */
export async function demandPrograms(environment: NodeJS.ProcessEnv): Promise<ContainerEngine> {
  const known = found.get(environment) ?? findPrograms(environment);
  found.set(environment, known);
  return known;
}

/** What is here of Vagrant and Docker, and what keeps machines from being made. */
export async function examinePrograms(environment: NodeJS.ProcessEnv): Promise<Examination> {
  try {
    const { name, version } = await demandPrograms(environment);
    return { found: ['Vagrant', `${name} ${version}`], obstacles: [] };
  } catch (error) {
    if (!(error instanceof ExplainedError)) throw error;
    const { message, next = 'see docs/labs/vagrant.md' } = error;
    return { found: [], obstacles: [{ what: message, remedy: next, isFatal: true }] };
  }
}

/** Makes what all labs of this kind share. Throws an explained error where they can't be started here. */
export async function prepareVagrant({
  environment,
  signal,
}: Parameters<LabProvider['prepare']>[0]): Promise<PreparedLabs> {
  const engine = await demandPrograms(environment);
  const python = await providePythonEnvironment(createWorkContext(environment, signal, () => undefined));
  const network = await openMachineNetwork(engine, signal);
  const image = await provideMachineImage(engine, environment, signal);
  const vagrantHome = vagrantHomeOf(environment);
  await mkdir(vagrantHome, { recursive: true, mode: 0o700 });
  const place = { engine, network, image, python, vagrantHome, environment, left: new Map() };
  return {
    host: { address: network.gateway },
    start: async (spec) => {
      const freeDiskBytes = await freeBytesAt(spec.home.directory);
      demandRoom(spec.nodes, { freeMemoryBytes: os.freemem(), freeDiskBytes });
      return startVagrantLab(place, spec);
    },
  };
}
