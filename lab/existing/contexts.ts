import { KubeConfig } from '@kubernetes/client-node';
import { existsSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { ExplainedError, messageOf, wrongUsage } from '../../common/explained-error.ts';
import { suggestName } from '../../common/nearest-name.ts';

/** The context that stands for the cluster that the program itself runs in, as a pod. */
export const inClusterContext = 'in-cluster';

/** What a pod has where its ServiceAccount is let in (https://kubernetes.io/docs/tasks/run-application/access-api-from-pod/). */
const podTokenFile = '/var/run/secrets/kubernetes.io/serviceaccount/token';

/** One context of a kubeconfig, with nothing beside it. */
export interface ChosenContext {
  readonly name: string;
  /** The address of the API server. */
  readonly server: string;
  readonly config: KubeConfig;
}

/** The files that kubectl reads: those of `KUBECONFIG` that are there, or `~/.kube/config` (https://kubernetes.io/docs/concepts/configuration/organize-cluster-access-kubeconfig/). */
export function kubeconfigFiles(environment: NodeJS.ProcessEnv): string[] {
  const named = environment['KUBECONFIG'];
  if (named === undefined || named === '') {
    return [path.join(environment['HOME'] ?? os.homedir(), '.kube', 'config')].filter(existsSync);
  }
  return named.split(path.delimiter).filter((file) => file !== '' && existsSync(file));
}

function readFile(file: string): KubeConfig {
  const config = new KubeConfig();
  try {
    config.loadFromFile(file);
    return config;
  } catch (error) {
    throw new ExplainedError({
      what: `the kubeconfig ${file} can't be read`,
      why: messageOf(error),
      next: 'mend it, or name others by KUBECONFIG; kubectl config view shows what kubectl makes of it',
      cause: error,
    });
  }
}

/** The first of each name, as kubectl merges files. */
function firstOfEach<T extends { readonly name: string }>(all: readonly T[]): T[] {
  return [...new Map(all.toReversed().map((one) => [one.name, one])).values()].toReversed();
}

function inCluster(): KubeConfig {
  const config = new KubeConfig();
  config.loadFromCluster();
  const [only] = config.contexts;
  if (only !== undefined) config.contexts = [{ ...only, name: inClusterContext }];
  return config;
}

/** All that kubectl would know, and the pod's own cluster in a pod. Nothing is written. Throws an explained error. */
function readContexts(environment: NodeJS.ProcessEnv): KubeConfig {
  const files = kubeconfigFiles(environment).map(readFile);
  const isPod = environment['KUBERNETES_SERVICE_HOST'] !== undefined && existsSync(podTokenFile);
  const all = isPod ? [...files, inCluster()] : files;
  const merged = new KubeConfig();
  merged.clusters = firstOfEach(all.flatMap(({ clusters }) => clusters));
  merged.users = firstOfEach(all.flatMap(({ users }) => users));
  merged.contexts = firstOfEach(all.flatMap(({ contexts }) => contexts));
  return merged;
}

/** The names of all contexts. Throws an explained error where a kubeconfig can't be read. */
export function contextNames(environment: NodeJS.ProcessEnv): string[] {
  return readContexts(environment).contexts.map(({ name }) => name);
}

/** Throws an explained error for a cluster that is reached in a way that the lab does not know. */
function demandReachable(name: string, server: string, proxy: string | undefined): void {
  const refuse = (why: string): never => {
    throw new ExplainedError({ what: `the cluster of the context "${name}" can't be used`, why });
  };
  if (!server.startsWith('https://')) refuse(`its address is ${server}, and only https is spoken`);
  if (proxy !== undefined && proxy !== '') refuse('it is reached by a proxy, and that is not supported');
}

/** The context of a name, as kubectl would find it. Throws an explained error with the nearest name where there is none. */
export function findContext(name: string, environment: NodeJS.ProcessEnv): ChosenContext {
  const all = readContexts(environment);
  const context = all.contexts.find((one) => one.name === name);
  if (context === undefined) {
    const names = contextNames(environment);
    const files = kubeconfigFiles(environment);
    throw wrongUsage(
      `there is no context "${name}"`,
      names.length === 0
        ? `no kubeconfig with a context was found${files.length === 0 ? '' : ` in ${files.join(', ')}`}; name one by KUBECONFIG`
        : suggestName(name, names),
    );
  }
  const cluster = all.clusters.find((one) => one.name === context.cluster);
  const user = all.users.find((one) => one.name === context.user);
  if (cluster === undefined || user === undefined) {
    const missing = cluster === undefined ? `cluster "${context.cluster}"` : `user "${context.user}"`;
    throw new ExplainedError({
      what: `the context "${name}" can't be used`,
      why: `the kubeconfig has no ${missing}, which it names`,
      next: 'mend the kubeconfig: kubectl config view shows it',
    });
  }
  demandReachable(name, cluster.server, cluster.proxyUrl);
  if (user.impersonateUser !== undefined) {
    throw new ExplainedError({
      what: `the context "${name}" can't be used`,
      why: `it acts as another user, "${user.impersonateUser}", and that is not supported`,
      next: 'use a context with the rights that the lab is to have',
    });
  }
  const config = new KubeConfig();
  config.loadFromOptions({ clusters: [cluster], users: [user], contexts: [context], currentContext: name });
  return { name, server: cluster.server, config };
}
