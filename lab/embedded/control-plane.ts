import getPort from 'get-port';
import { mkdir, writeFile } from 'node:fs/promises';
import { ExplainedError, messageOf } from '../../common/explained-error.ts';
import { waitUntil } from '../../common/wait.ts';
import { applyObject } from '../kube/apply.ts';
import { kubeconfigText } from '../kube/kubeconfig.ts';
import { openCluster, type KubeAccess } from '../kube/kube-access.ts';
import { conditionStatus, type LiveObject } from '../kube/objects.ts';
import {
  endOfLog,
  startComponent,
  type ComponentPlace,
  type ComponentSpec,
  type StartedComponent,
} from '../process/component.ts';
import {
  createCertificateAuthority,
  createTokenKeys,
  type CertificateAuthority,
  type KeyPair,
} from './certificates.ts';
import { etcd } from './components/etcd.ts';
import { kubeApiserver, kubernetesServiceAddress } from './components/kube-apiserver.ts';
import { kubeControllerManager } from './components/kube-controller-manager.ts';
import { kubeScheduler } from './components/kube-scheduler.ts';
import { kwok } from './components/kwok.ts';
import { embeddedLayout, type EmbeddedLayout, type EmbeddedPorts } from './layout.ts';
import { kwokStages } from './stages.ts';

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

async function writeSecret(file: string, text: string): Promise<void> {
  await writeFile(file, text, { mode: 0o600 });
}

async function writePair(files: { certificate: string; privateKey: string }, pair: KeyPair): Promise<void> {
  await Promise.all([
    writeSecret(files.certificate, pair.certificate),
    writeSecret(files.privateKey, pair.privateKey),
  ]);
}

/** The users that Kubernetes' own roles name (https://kubernetes.io/docs/reference/access-authn-authz/rbac/#core-component-roles). */
const clients = {
  admin: { user: 'gitops-lab-admin', groups: ['system:masters'] },
  controllerManager: { user: 'system:kube-controller-manager', groups: [] },
  scheduler: { user: 'system:kube-scheduler', groups: [] },
  kwok: { user: 'gitops-lab-kwok', groups: ['system:masters'] },
} as const;

async function writeFiles(
  spec: ControlPlaneSpec,
  layout: EmbeddedLayout,
  serverUrl: string,
): Promise<CertificateAuthority> {
  await mkdir(layout.certificates, { recursive: true, mode: 0o700 });
  const authority = await createCertificateAuthority(spec.labName, new Date());
  const local = ['127.0.0.1', 'localhost'];
  const inCluster = [
    'kubernetes',
    'kubernetes.default',
    'kubernetes.default.svc',
    'kubernetes.default.svc.cluster.local',
  ];
  const tokenKeys = await createTokenKeys();
  await Promise.all([
    writeSecret(layout.authority, authority.certificate),
    writeSecret(layout.stages, kwokStages(spec.podStartMs)),
    writeSecret(layout.token.publicKey, tokenKeys.publicKey),
    writeSecret(layout.token.privateKey, tokenKeys.privateKey),
    writePair(layout.etcd, await authority.issueServer('etcd', local)),
    writePair(
      layout.server,
      await authority.issueServer('kube-apiserver', [...local, ...inCluster, kubernetesServiceAddress]),
    ),
    ...Object.entries(clients).map(async ([name, { user, groups }]) => {
      const client = await authority.issueClient(user, groups);
      const text = kubeconfigText({
        server: serverUrl,
        authority: authority.certificate,
        client,
        name: spec.labName,
      });
      await writeSecret(layout.kubeconfigs[name as keyof typeof clients], text);
      return text;
    }),
  ]);
  return authority;
}

function nodeObject(index: number): LiveObject {
  const name = `node-${index}`;
  return {
    apiVersion: 'v1',
    kind: 'Node',
    metadata: { name, labels: { 'kubernetes.io/hostname': name, 'kubernetes.io/os': 'linux', type: 'kwok' } },
  };
}

/** Explains a component's failure with the end of its log. */
async function startFailure(component: StartedComponent, error: unknown): Promise<ExplainedError> {
  return new ExplainedError({
    what: `the lab could not be started: ${component.name} failed`,
    why: `${messageOf(error)}\n${await endOfLog(component.logFile)}`,
    next: `see ${component.logFile}`,
    cause: error,
  });
}

/**
 * Starts etcd, the API server, the controllers, the scheduler and KWOK, and waits until every node is Ready.
 * What was started is stopped again where a part fails; throws an explained error that names the part.
 */
export async function startControlPlane(spec: ControlPlaneSpec): Promise<StartedControlPlane> {
  const { signal, programs } = spec;
  const layout = embeddedLayout(spec.directory);
  const ports = await reservePorts();
  const serverUrl = `https://127.0.0.1:${ports.server}`;
  const authority = await writeFiles(spec, layout, serverUrl);
  const components: StartedComponent[] = [];
  const start = async (component: ComponentSpec): Promise<StartedComponent> => {
    const started = await startComponent(component, spec.place);
    components.push(started);
    return started;
  };
  const { readFile } = await import('node:fs/promises');
  const access = openCluster(await readFile(layout.kubeconfigs.admin, 'utf8'));
  const stop = async (): Promise<void> => {
    access.close();
    for (const component of [...components].reverse()) await component.stop();
  };
  const ready = async <T>(
    component: StartedComponent,
    goal: string,
    probe: () => Promise<T | undefined>,
  ): Promise<T> =>
    waitUntil(probe, { goal, timeoutMs: startTimeoutMs, signal, hopeless: component.ended }).catch(
      async (error: unknown) => {
        if (signal.aborted) throw error;
        throw await startFailure(component, error);
      },
    );
  try {
    await start(etcd(programs.etcd, layout, ports));
    const server = await start(kubeApiserver(programs.kubeApiserver, layout, ports));
    await ready(server, 'the API server to be ready', async () =>
      (await access.get('/readyz')) === 'ok' ? true : undefined,
    );
    await start(kubeControllerManager(programs.kubeControllerManager, layout, ports));
    await start(kubeScheduler(programs.kubeScheduler, layout, ports));
    const kubelets = await start(kwok(programs.kwok, layout, ports));
    for (let index = 1; index <= spec.nodes; index += 1) {
      const node = nodeObject(index);
      await applyObject(access, node);
      await ready(kubelets, `${node.metadata.name} to be Ready`, async () => {
        const live = (await access.get(`/api/v1/nodes/${node.metadata.name}`)) as LiveObject;
        return conditionStatus(live, 'Ready') === 'True' ? true : undefined;
      });
    }
  } catch (error) {
    await stop();
    throw error;
  }
  return { access, kubeconfigFile: layout.kubeconfigs.admin, authority, serverUrl, components, stop };
}
