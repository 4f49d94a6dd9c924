import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { kubeconfigText } from '../kube/kubeconfig.ts';
import type { ClusterUser, Lab, ProcessRuntime } from '../lab.ts';
import { openComponentSet } from '../process/component-set.ts';
import type { LabSpec } from '../provider.ts';
import { fileOf } from '../toolchain/file-of.ts';
import type { Tool, ToolName } from '../toolchain/tool.ts';
import { startControlPlane, type ControlPlanePrograms, type StartedControlPlane } from './control-plane.ts';

function programsOf(tools: ReadonlyMap<ToolName, Tool>): ControlPlanePrograms {
  return {
    etcd: fileOf(tools, 'etcd', 'etcd'),
    kubeApiserver: fileOf(tools, 'kubernetes', 'kube-apiserver'),
    kubeControllerManager: fileOf(tools, 'kubernetes', 'kube-controller-manager'),
    kubeScheduler: fileOf(tools, 'kubernetes', 'kube-scheduler'),
    kwok: fileOf(tools, 'kwok', 'kwok'),
  };
}

/** Writes kubeconfigs with certificates of the lab's own authority. */
function kubeconfigWriter(
  { name, directory }: LabSpec['home'],
  { authority, serverUrl }: StartedControlPlane,
): ProcessRuntime['writeKubeconfig'] {
  return async (fileName, { user, groups, namespace }: ClusterUser) => {
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
  };
}

/**
 * Starts a control plane of host processes whose pods KWOK simulates; its nodes are Ready when this returns.
 * Throws an explained error that names the component that failed, with the end of its log.
 */
export async function startEmbeddedLab(spec: LabSpec, tools: ReadonlyMap<ToolName, Tool>): Promise<Lab> {
  const { home, logDirectory, nodes, podStartMs, signal } = spec;
  const { name, directory, ledgerFile } = home;
  await mkdir(logDirectory, { recursive: true, mode: 0o700 });
  const place = { logDirectory, ledgerFile };
  const controlPlane = await startControlPlane({
    labName: name,
    directory,
    place,
    programs: programsOf(tools),
    nodes,
    podStartMs,
    signal,
    onAnswering: spec.onAnswering ?? (() => undefined),
  });
  const components = openComponentSet(place);
  controlPlane.components.forEach(components.adopt);
  let stopped: Promise<void> | undefined;
  const stopAll = async (): Promise<void> => {
    await components.stop();
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
    runtime: {
      kind: 'processes',
      crash: components.crash,
      writeKubeconfig: kubeconfigWriter(home, controlPlane),
    },
    components: components.all,
    usage: components.usage,
    run: components.run,
    broken: components.broken,
    lose: async () => {
      await Promise.all(components.all().map(async (component) => component.kill()));
      // Nothing runs any more: what is left are connections.
      await stop();
    },
    stop,
    [Symbol.asyncDispose]: stop,
  };
}
