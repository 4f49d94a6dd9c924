import getPort from 'get-port';
import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { Lab, ProcessRuntime } from '../../lab.ts';
import type { ComponentSpec } from '../../process/component.ts';
import { socketPathFor } from '../../socket-path.ts';
import { fileOf } from '../../toolchain/file-of.ts';
import type { Tool, ToolName } from '../../toolchain/tool.ts';
import type { ContainerCommand } from '../workload.ts';
import { argocdNamespace } from './manifests.ts';

/** What the parts of Argo CD on the host have in common. */
export interface HostPlace extends Pick<ProcessRuntime, 'writeKubeconfig'> {
  readonly lab: Pick<Lab, 'directory'>;
  readonly tools: ReadonlyMap<ToolName, Tool>;
  readonly redisPassword: string;
  readonly redisPort: number;
  readonly repoServerPort: number;
}

/** What the repo-server finds on its PATH: it has git ask for the password by the name "argocd", and runs the others to render. */
const onThePath = ['argocd', 'helm', 'kustomize'] as const;

function searchPath(tools: HostPlace['tools']): string {
  const own = onThePath
    .filter((name) => tools.has(name))
    .map((name) => path.dirname(fileOf(tools, name, name)));
  return [...own, process.env['PATH'] ?? ''].join(path.delimiter);
}

async function freePort(): Promise<string> {
  return String(await getPort({ host: '127.0.0.1' }));
}

/** The cache. Its password stands in a file, where other users can't read it. */
export async function redis({ lab, tools, redisPassword, redisPort }: HostPlace): Promise<ComponentSpec> {
  const configuration = path.join(lab.directory, 'redis.conf');
  const lines = [
    'bind 127.0.0.1',
    `port ${redisPort}`,
    `requirepass ${redisPassword}`,
    'save ""',
    'appendonly no',
    '',
  ];
  await writeFile(configuration, lines.join('\n'), { mode: 0o600 });
  return { name: 'argocd-redis', program: fileOf(tools, 'redis', 'redis-server'), args: [configuration] };
}

/**
 * The variables of Argo CD's one program: which part it plays, and where its files lie on the host (common/common.go).
 * `part` is the ServiceAccount, and the name of the program where that is not another.
 */
async function hostEnvironment(
  part: string,
  { lab, writeKubeconfig, tools, redisPassword }: HostPlace,
  programName = part,
): Promise<Record<string, string>> {
  const files = path.join(lab.directory, part);
  const temporary = path.join(files, 'tmp');
  await mkdir(temporary, { recursive: true, mode: 0o700 });
  const kubeconfig = await writeKubeconfig(`${part}.kubeconfig`, {
    user: `system:serviceaccount:${argocdNamespace}:${part}`,
    groups: ['system:serviceaccounts', `system:serviceaccounts:${argocdNamespace}`],
    namespace: argocdNamespace,
  });
  return {
    ARGOCD_BINARY_NAME: programName,
    ARGOCD_FAKE_IN_CLUSTER: 'true',
    ARGOCD_GPG_ENABLED: 'false',
    // Its own choice leaves out the fractions of a second, and a timeline needs them.
    ARGOCD_LOG_FORMAT_TIMESTAMP: '2006-01-02T15:04:05.000Z07:00',
    ARGOCD_SSH_DATA_PATH: path.join(files, 'ssh'),
    ARGOCD_TLS_DATA_PATH: path.join(files, 'tls'),
    ARGOCD_PLUGINSOCKFILEPATH: path.join(files, 'plugins'),
    ARGOCD_ASK_PASS_SOCK: socketPathFor(lab.directory),
    KUBECONFIG: kubeconfig,
    REDIS_PASSWORD: redisPassword,
    HOME: files,
    TMPDIR: temporary,
    // The manifest names directories of a container. On a host, what one lab's API server serves would be taken for what the next one serves at the same port.
    KUBECACHEDIR: path.join(temporary, 'kubecache'),
    HELM_CACHE_HOME: path.join(files, 'helm', 'cache'),
    HELM_CONFIG_HOME: path.join(files, 'helm', 'config'),
    HELM_DATA_HOME: path.join(files, 'helm', 'data'),
    PATH: searchPath(tools),
  };
}

/** The part that renders manifests from Git, run as its Deployment says. */
export async function repoServer(place: HostPlace, command: ContainerCommand): Promise<ComponentSpec> {
  const name = 'argocd-repo-server';
  return {
    name,
    program: fileOf(place.tools, 'argocd', 'argocd'),
    args: [
      '--address=127.0.0.1',
      `--port=${place.repoServerPort}`,
      '--metrics-address=127.0.0.1',
      `--metrics-port=${await freePort()}`,
      '--disable-tls',
      `--redis=127.0.0.1:${place.redisPort}`,
    ],
    environment: { ...command.environment, ...(await hostEnvironment(name, place)) },
  };
}

/** The part that compares and syncs, run as its StatefulSet says. */
export async function applicationController(
  place: HostPlace,
  command: ContainerCommand,
): Promise<ComponentSpec> {
  const name = 'argocd-application-controller';
  const environment = await hostEnvironment(name, place);
  return {
    name,
    program: fileOf(place.tools, 'argocd', 'argocd'),
    args: [
      `--kubeconfig=${environment['KUBECONFIG'] ?? ''}`,
      `--redis=127.0.0.1:${place.redisPort}`,
      `--repo-server=127.0.0.1:${place.repoServerPort}`,
      '--repo-server-plaintext',
      // Its address can't be set: Argo CD 3.2 listens for metrics on every interface (controller/appcontroller.go).
      `--metrics-port=${await freePort()}`,
    ],
    environment: { ...command.environment, ...environment },
  };
}

/** The part that takes webhooks, run as its Deployment says, at a port of the loopback; it does not need the single sign-on. */
export async function apiServer(
  place: HostPlace,
  command: ContainerCommand,
  port: number,
): Promise<ComponentSpec> {
  const name = 'argocd-server';
  return {
    name,
    program: fileOf(place.tools, 'argocd', 'argocd'),
    args: [
      '--address=127.0.0.1',
      `--port=${port}`,
      '--metrics-address=127.0.0.1',
      `--metrics-port=${await freePort()}`,
      '--insecure',
      `--redis=127.0.0.1:${place.redisPort}`,
      `--repo-server=127.0.0.1:${place.repoServerPort}`,
      '--repo-server-plaintext',
    ],
    environment: { ...command.environment, ...(await hostEnvironment(name, place)) },
  };
}

/** The part that tells others what happens to Applications, run as its Deployment says. */
export async function notificationsController(
  place: HostPlace,
  command: ContainerCommand,
): Promise<ComponentSpec> {
  const name = 'argocd-notifications-controller';
  return {
    name,
    program: fileOf(place.tools, 'argocd', 'argocd'),
    args: [
      `--argocd-repo-server=127.0.0.1:${place.repoServerPort}`,
      '--argocd-repo-server-plaintext',
      // Its address can't be set: Argo CD 3.2 listens for metrics on every interface (cmd/argocd-notification/commands/controller.go).
      `--metrics-port=${await freePort()}`,
    ],
    environment: {
      ...command.environment,
      ...(await hostEnvironment(name, place, 'argocd-notifications')),
    },
  };
}
