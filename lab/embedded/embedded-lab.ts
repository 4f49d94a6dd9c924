import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { KubeAccess } from '../kube/kube-access.ts';
import { kubeconfigText } from '../kube/kubeconfig.ts';
import type { BrokenComponent, ClusterUser, Lab } from '../lab.ts';
import { startComponent, type ComponentSpec, type StartedComponent } from '../process/component.ts';
import { fileOf } from '../toolchain/file-of.ts';
import type { Tool, ToolName } from '../toolchain/tool.ts';
import { startControlPlane, type ControlPlanePrograms } from './control-plane.ts';

/** What an embedded lab is to be. */
export interface EmbeddedLabSpec {
  readonly name: string;
  readonly directory: string;
  readonly logDirectory: string;
  readonly ledgerFile: string;
  readonly nodes: number;
  /** How long KWOK lets a pod take from being scheduled to being ready. */
  readonly podStartMs: number;
  readonly tools: ReadonlyMap<ToolName, Tool>;
  readonly signal: AbortSignal;
  /** Told as soon as the API server answers, for who wants to watch what comes before the lab is ready. */
  readonly onAnswering?: (access: KubeAccess) => void;
}

function programsOf(tools: ReadonlyMap<ToolName, Tool>): ControlPlanePrograms {
  return {
    etcd: fileOf(tools, 'etcd', 'etcd'),
    kubeApiserver: fileOf(tools, 'kubernetes', 'kube-apiserver'),
    kubeControllerManager: fileOf(tools, 'kubernetes', 'kube-controller-manager'),
    kubeScheduler: fileOf(tools, 'kubernetes', 'kube-scheduler'),
    kwok: fileOf(tools, 'kwok', 'kwok'),
  };
}

/** Tells of the first component that ends by itself. */
function watchForEnds(): {
  readonly add: (component: StartedComponent) => void;
  readonly broken: Promise<BrokenComponent>;
} {
  let tell: (broken: BrokenComponent) => void = () => undefined;
  const broken = new Promise<BrokenComponent>((resolve) => (tell = resolve));
  return {
    broken,
    add: (component) => {
      void component.ended.then((how) => {
        if (!component.isStopping()) tell({ component, how });
      });
    },
  };
}

/**
 * Starts a control plane of host processes whose pods KWOK simulates; its nodes are Ready when this returns.
 * Throws an explained error that names the component that failed, with the end of its log.
 */
export async function startEmbeddedLab(spec: EmbeddedLabSpec): Promise<Lab> {
  const { name, directory, logDirectory, ledgerFile, nodes, podStartMs, signal } = spec;
  await mkdir(logDirectory, { recursive: true, mode: 0o700 });
  const place = { logDirectory, ledgerFile };
  const controlPlane = await startControlPlane({
    labName: name,
    directory,
    place,
    programs: programsOf(spec.tools),
    nodes,
    podStartMs,
    signal,
    onAnswering: spec.onAnswering ?? (() => undefined),
  });
  const watch = watchForEnds();
  controlPlane.components.forEach(watch.add);
  const beside = new Map<string, { readonly spec: ComponentSpec; readonly started: StartedComponent }>();
  const run = async (spec: ComponentSpec): Promise<StartedComponent> => {
    const started = await startComponent(spec, place);
    beside.set(spec.name, { spec, started });
    watch.add(started);
    return started;
  };
  let stopped: Promise<void> | undefined;
  const stopAll = async (): Promise<void> => {
    await Promise.all([...beside.values()].map(async ({ started }) => started.stop()));
    await controlPlane.stop();
  };
  const stop = async (): Promise<void> => (stopped ??= stopAll());
  return {
    name,
    directory,
    logDirectory,
    fidelity: { provider: 'embedded', podsAreSimulated: true, podStartMs, nodes },
    kubeconfigFile: controlPlane.kubeconfigFile,
    access: controlPlane.access,
    components: () => [...controlPlane.components, ...[...beside.values()].map(({ started }) => started)],
    run,
    crash: async (component) => {
      const found = beside.get(component);
      if (found === undefined) throw new Error(`the lab runs no ${component}`);
      await found.started.kill();
      await run(found.spec);
    },
    broken: watch.broken,
    writeKubeconfig: async (fileName: string, { user, groups, namespace }: ClusterUser) => {
      const { authority, serverUrl } = controlPlane;
      const client = await authority.issueClient(user, groups);
      const file = path.join(directory, fileName);
      const text = kubeconfigText({
        server: serverUrl,
        authority: authority.certificate,
        client,
        name,
        namespace,
      });
      await writeFile(file, text, { mode: 0o600 });
      return file;
    },
    stop,
    [Symbol.asyncDispose]: stop,
  };
}
