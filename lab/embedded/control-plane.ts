import getPort from 'get-port';
import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import { connect } from 'node:net';
import { ExplainedError, messageOf } from '../../common/explained-error.ts';
import { waitUntil } from '../../common/wait.ts';
import { unwindAfter } from '../../common/unwind.ts';
import { applyObject } from '../kube/apply.ts';
import { openCluster, type KubeAccess } from '../kube/kube-access.ts';
import { conditionStatus, type LiveObject } from '../kube/objects.ts';
import {
  endOfLog,
  startComponent,
  type ComponentPlace,
  type ComponentSpec,
  type StartedComponent,
} from '../process/component.ts';
import type { CertificateAuthority } from './certificates.ts';
import { etcd } from './components/etcd.ts';
import { kubeApiserver } from './components/kube-apiserver.ts';
import { kubeControllerManager } from './components/kube-controller-manager.ts';
import { kubeScheduler } from './components/kube-scheduler.ts';
import { kwok } from './components/kwok.ts';
import { embeddedLayout, type EmbeddedLayout, type EmbeddedPorts } from './layout.ts';
import { writeLabFiles } from './lab-files.ts';

/** The programs of a control plane: name to path. */
export interface ControlPlanePrograms {
  readonly etcd: string;
  readonly kubeApiserver: string;
  readonly kubeControllerManager: string;
  readonly kubeScheduler: string;
  readonly kwok: string;
}

interface ControlPlaneSpec {
  readonly labName: string;
  readonly directory: string;
  readonly place: ComponentPlace;
  readonly programs: ControlPlanePrograms;
  readonly nodes: number;
  readonly podStartMs: number;
  readonly signal: AbortSignal;
  /** Told as soon as the API server answers, long before all is ready. */
  readonly onAnswering: (access: KubeAccess) => void;
}

/** A control plane that answers and whose nodes are Ready. */
export interface StartedControlPlane {
  readonly access: KubeAccess;
  readonly kubeconfigFile: string;
  readonly authority: CertificateAuthority;
  readonly serverUrl: string;
  readonly components: readonly StartedComponent[];
  readonly stop: () => Promise<void>;
}

/** A control plane on an idle machine is ready after 5 s; this leaves room for a busy one. */
const startTimeoutMs = 120_000;

async function reservePorts(): Promise<EmbeddedPorts> {
  const taken: number[] = [];
  const next = async (): Promise<number> => {
    const port = await getPort({ host: '127.0.0.1', exclude: taken });
    taken.push(port);
    return port;
  };
  return {
    etcd: await next(),
    etcdPeer: await next(),
    server: await next(),
    controllerManager: await next(),
    scheduler: await next(),
    kwok: await next(),
  };
}

function nodeObject(name: string): LiveObject {
  return {
    apiVersion: 'v1',
    kind: 'Node',
    metadata: { name, labels: { 'kubernetes.io/hostname': name, 'kubernetes.io/os': 'linux', type: 'kwok' } },
  };
}

function startFailure(
  name: string,
  why: string | undefined,
  next: string | undefined,
  cause: unknown,
): ExplainedError {
  const known = { ...(why === undefined ? {} : { why }), ...(next === undefined ? {} : { next }) };
  return new ExplainedError({ what: `the lab could not be started: ${name} failed`, ...known, cause });
}

/** Waits for the last started component; where one of them ends meanwhile, that one is named. */
async function untilReady<T>(
  components: readonly StartedComponent[],
  signal: AbortSignal,
  goal: string,
  probe: () => Promise<T | undefined>,
): Promise<T> {
  let ended: StartedComponent | undefined;
  const ends = components.map(async (component) => {
    const how = await component.ended;
    ended ??= component;
    return how;
  });
  try {
    return await waitUntil(probe, { goal, timeoutMs: startTimeoutMs, signal, hopeless: Promise.race(ends) });
  } catch (error) {
    const culprit = ended ?? components.at(-1);
    if (signal.aborted || culprit === undefined) throw error;
    const why = error instanceof ExplainedError ? (error.why ?? error.message) : messageOf(error);
    const end = await endOfLog(culprit.logFile);
    throw startFailure(culprit.name, `${why}\n${end}`, `see ${culprit.logFile}`, error);
  }
}

/** True once something takes connections at a loopback port; rejects before. */
async function listens(port: number): Promise<true> {
  const socket = connect({ host: '127.0.0.1', port });
  try {
    await once(socket, 'connect');
    return true;
  } finally {
    socket.destroy();
  }
}

async function startAll(
  spec: ControlPlaneSpec,
  layout: EmbeddedLayout,
  ports: EmbeddedPorts,
  access: KubeAccess,
  components: StartedComponent[],
): Promise<void> {
  const { programs, signal, place, nodes, onAnswering } = spec;
  const start = async (component: ComponentSpec): Promise<void> => {
    try {
      components.push(await startComponent(component, place));
    } catch (error) {
      const { why, next } =
        error instanceof ExplainedError ? error : { why: messageOf(error), next: undefined };
      throw startFailure(component.name, why, next, error);
    }
  };
  await start(etcd(programs.etcd, layout, ports));
  // An API server that finds no etcd at its first try waits a second before the next.
  await untilReady(components, signal, 'etcd to listen', async () => listens(ports.etcd));
  await start(kubeApiserver(programs.kubeApiserver, layout, ports));
  await untilReady(components, signal, 'the API server to answer', async () => access.get('/version'));
  onAnswering(access);
  // KWOK and the nodes need none of the roles that the API server still makes before it calls itself ready.
  await start(kwok(programs.kwok, layout, ports));
  const names = Array.from({ length: nodes }, (_, index) => `node-${index + 1}`);
  for (const name of names) await applyObject(access, nodeObject(name));
  await untilReady(components, signal, 'the API server to be ready', async () =>
    (await access.get('/readyz')) === 'ok' ? true : undefined,
  );
  await start(kubeControllerManager(programs.kubeControllerManager, layout, ports));
  await start(kubeScheduler(programs.kubeScheduler, layout, ports));
  for (const name of names) {
    await untilReady(components, signal, `${name} to be Ready`, async () => {
      const live = (await access.get(`/api/v1/nodes/${name}`)) as LiveObject;
      return conditionStatus(live, 'Ready') === 'True' ? true : undefined;
    });
  }
}

/**
 * Starts etcd, the API server, the controllers, the scheduler and KWOK, and waits until every node is Ready.
 * What was started is stopped again where a part fails; throws an explained error that names the part.
 */
export async function startControlPlane(spec: ControlPlaneSpec): Promise<StartedControlPlane> {
  const { labName, podStartMs } = spec;
  const layout = embeddedLayout(spec.directory);
  const ports = await reservePorts();
  const serverUrl = `https://127.0.0.1:${ports.server}`;
  const authority = await writeLabFiles({ labName, podStartMs, layout, serverUrl });
  const access = openCluster(await readFile(layout.kubeconfigs.admin, 'utf8'));
  const components: StartedComponent[] = [];
  const stop = async (): Promise<void> => {
    access.close();
    for (const component of [...components].reverse()) await component.stop();
  };
  try {
    await startAll(spec, layout, ports, access, components);
  } catch (error) {
    return unwindAfter(error, stop);
  }
  return { access, kubeconfigFile: layout.kubeconfigs.admin, authority, serverUrl, components, stop };
}
