import { stringify } from 'yaml';
import type { LiveObject, ObjectReference } from '../../kube/objects.ts';
import type { ManagedApplication, Parts, StoreAccess } from '../engine.ts';
import type { ArgocdOptions } from './options.ts';

/** Where Argo CD lives (https://argo-cd.readthedocs.io/en/stable/getting_started/). */
export const argocdNamespace = 'argocd';
/** Where its Deployments and StatefulSets are. */
export const workloads = `/apis/apps/v1/namespaces/${argocdNamespace}`;
/** Where its Applications are. */
export const applicationsPath = `/apis/argoproj.io/v1alpha1/namespaces/${argocdNamespace}/applications`;

/** Where the state store is, and what lets a client in. */
type Credentials = Pick<StoreAccess, 'url' | 'username' | 'password'>;

/** The kinds of install.yaml that belong to no namespace. */
const clusterKinds = ['CustomResourceDefinition', 'ClusterRole', 'ClusterRoleBinding'];

/** Both names of the secret that signs pushes: GitHub's, and that of Gogs, whose messages Gitea sends (util/settings/settings.go). */
const pushSecretKeys = ['webhook.github.secret', 'webhook.gogs.secret'];

/** Where the API server of Argo CD, at a host and port, takes pushes (https://argo-cd.readthedocs.io/en/stable/operator-manual/webhook/). */
export function pushReceiverUrl(address: string): string {
  return `http://${address}/api/webhook`;
}

/** The Secret of the installation with the secret that signs pushes. */
export function withPushSecret(object: LiveObject, pushSecret: string): LiveObject {
  if (object.kind !== 'Secret' || object.metadata.name !== 'argocd-secret') return object;
  return { ...object, stringData: Object.fromEntries(pushSecretKeys.map((key) => [key, pushSecret])) };
}

/** The object with more data, where it is the ConfigMap of this name. */
export function withData(
  object: LiveObject,
  configMap: string,
  data: Readonly<Record<string, string>>,
): LiveObject {
  if (object.kind !== 'ConfigMap' || object.metadata.name !== configMap) return object;
  return { ...object, data: { ...(object['data'] as Record<string, string> | undefined), ...data } };
}

function withSettings(object: LiveObject, options: ArgocdOptions): LiveObject {
  return withData(object, 'argocd-cm', {
    'timeout.reconciliation': options.reconciliationTimeout,
    'timeout.reconciliation.jitter': options.reconciliationJitter,
  });
}

/**
 * Says how healthy an Application is that another one brings. Argo CD itself says nothing of that since 1.8, and then the
 * waves of an app of apps do not wait (https://argo-cd.readthedocs.io/en/stable/operator-manual/health/#argocd-app).
 */
const applicationHealth = `local known = obj.status ~= nil and obj.status.health or {}
return { status = known.status or "Progressing", message = known.message or "" }
`;

/** The settings of the installation with the health of Applications, which sync waves of Applications wait for. */
export function withApplicationHealth(object: LiveObject): LiveObject {
  return withData(object, 'argocd-cm', {
    'resource.customizations.health.argoproj.io_Application': applicationHealth,
  });
}

/**
 * What `kubectl apply -n argocd -f install.yaml` creates, with the namespace and the settings of the profile.
 */
export function installObjects(install: readonly LiveObject[], options: ArgocdOptions): LiveObject[] {
  const namespace: LiveObject = { apiVersion: 'v1', kind: 'Namespace', metadata: { name: argocdNamespace } };
  const placed = install.map((object) =>
    clusterKinds.includes(object.kind)
      ? object
      : { ...object, metadata: { ...object.metadata, namespace: argocdNamespace } },
  );
  return [namespace, ...placed.map((object) => withSettings(object, options))];
}

/** The project that argocd-server, which most labs leave out, would make at its first start (initializeDefaultProject in server/server.go). */
const defaultProject = projectObject('default');

function projectObject(name: string): LiveObject {
  return {
    apiVersion: 'argoproj.io/v1alpha1',
    kind: 'AppProject',
    metadata: { name, namespace: argocdNamespace },
    spec: {
      sourceRepos: ['*'],
      destinations: [{ namespace: '*', server: '*' }],
      clusterResourceWhitelist: [{ group: '*', kind: '*' }],
    },
  };
}

/** A Secret that lets Argo CD into the state store (https://argo-cd.readthedocs.io/en/stable/operator-manual/declarative-setup/#repositories). */
function repositoryObject(name: string, { url, username, password }: Credentials): LiveObject {
  return {
    apiVersion: 'v1',
    kind: 'Secret',
    metadata: {
      name,
      namespace: argocdNamespace,
      labels: { 'argocd.argoproj.io/secret-type': 'repository' },
    },
    stringData: { type: 'git', url, username, password },
  };
}

function syncPolicy({ prune, selfHeal, retry }: ArgocdOptions) {
  const backoff = retry && { duration: retry.duration, factor: retry.factor, maxDuration: retry.maxDuration };
  return {
    automated: { prune, selfHeal },
    ...(retry === undefined ? {} : { retry: { limit: retry.limit, backoff } }),
  };
}

/** The folder of the state store that holds the Applications of a fleet. */
export const fleetPath = 'clusters/lab';

/** The Application that has Argo CD keep `application`, from the state store at `url`. */
function applicationObject(
  application: ManagedApplication,
  url: string,
  options: ArgocdOptions,
  project = 'default',
): LiveObject {
  return {
    apiVersion: 'argoproj.io/v1alpha1',
    kind: 'Application',
    metadata: { name: application.name, namespace: argocdNamespace },
    spec: {
      project,
      source: { repoURL: url, targetRevision: 'main', path: application.path },
      destination: { server: 'https://kubernetes.default.svc', namespace: application.namespace },
      syncPolicy: syncPolicy(options),
    },
  };
}

/** The Application as a file of the fleet's folder (https://argo-cd.readthedocs.io/en/stable/operator-manual/cluster-bootstrapping/#app-of-apps-pattern). */
export function applicationFile(
  application: ManagedApplication,
  url: string,
  options: ArgocdOptions,
): Record<string, string> {
  const file = `${fleetPath}/${application.name}.yaml`;
  return { [file]: stringify(applicationObject(application, url, options)) };
}

/** Has what an Application brought go with it (https://argo-cd.readthedocs.io/en/stable/user-guide/app_deletion/#about-the-deletion-finalizer). */
const cascade = ['resources-finalizer.argocd.argoproj.io'];

/** An Application for each part; each in a wave after the one before, where the order is declared (https://argo-cd.readthedocs.io/en/stable/user-guide/sync-waves/). */
export function partFiles(
  { parts, isOrderDeclared, folder }: Parts,
  url: string,
  options: ArgocdOptions,
): Record<string, string> {
  const documents = parts.map((part, index) => {
    const application = applicationObject(part, url, options);
    const waves = isOrderDeclared ? { annotations: { 'argocd.argoproj.io/sync-wave': String(index) } } : {};
    const metadata = { ...application.metadata, ...waves, finalizers: cascade };
    return [`${folder}/${part.name}.yaml`, stringify({ ...application, metadata })];
  });
  return Object.fromEntries(documents) as Record<string, string>;
}

/** The project, the repository's credentials and the Application that has Argo CD keep `application`. */
export function applicationObjects(
  application: ManagedApplication,
  state: Credentials,
  options: ArgocdOptions,
): LiveObject[] {
  const repository = repositoryObject('state-store', state);
  return [defaultProject, repository, applicationObject(application, state.url, options)];
}

/** What the lab's own project and credentials are called in an installation that is somebody else's. */
const handedName = 'gitops-lab';

/** What has an Argo CD that is somebody else's keep `application`: project, credentials and Application of the lab's own. */
export function handedObjects(
  application: ManagedApplication,
  state: Credentials,
  options: ArgocdOptions,
): LiveObject[] {
  return [
    projectObject(handedName),
    repositoryObject(handedName, state),
    applicationObject(application, state.url, options, handedName),
  ];
}

/** What of the lab's own is in such an installation, in the order in which it is to go. */
export function handedReferences({ name }: Pick<ManagedApplication, 'name'>): ObjectReference[] {
  const [apiVersion, namespace] = ['argoproj.io/v1alpha1', argocdNamespace];
  return [
    { apiVersion, kind: 'Application', namespace, name },
    { apiVersion, kind: 'AppProject', namespace, name: handedName },
    { apiVersion: 'v1', kind: 'Secret', namespace, name: handedName },
  ];
}
