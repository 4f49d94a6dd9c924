import type { LiveObject } from '../../kube/objects.ts';
import { inClusterContext } from '../contexts.ts';

/** A run that pods of a cluster make in that cluster, in parts one after the other. */
export interface JobSpec {
  /** The image of this program. */
  readonly image: string;
  /** What follows `scenario`: its name, and flags of the user's. */
  readonly words: readonly string[];
  /** How many parts there are, and the iterations of each disturbance in all of them together. */
  readonly parts: number;
  readonly iterations: number;
  /** The seed of the first part; each further one has the next. */
  readonly seed: number;
  /** A profile of the user's, as YAML; one that is built in is among the words. */
  readonly profile?: string | undefined;
}

/** Apart from what labs make and remove. */
export const jobNamespace = 'gitops-lab-runner';
export const jobName = 'gitops-lab';
/** The volume of the runs of all parts, and where it is. */
export const runsVolume = { name: 'runs', persistentVolumeClaim: { claimName: 'runs' } };
export const runsMount = { name: runsVolume.name, mountPath: '/runs' };

const profileName = 'profile.yaml';
const profileMount = { name: 'profile', mountPath: '/etc/gitops-lab' };

/** A word as a shell takes it whatever is in it. */
function quoted(word: string): string {
  return `'${word.replaceAll("'", `'\\''`)}'`;
}

/** What a part runs: its share of the iterations, with a seed of its own (https://kubernetes.io/docs/concepts/workloads/controllers/job/#completion-mode). */
export function partCommand({ words, parts, iterations, seed, profile }: Omit<JobSpec, 'image'>): string {
  const rest = iterations % parts;
  const own = profile === undefined ? [] : ['--profile', `${profileMount.mountPath}/${profileName}`];
  const run = [
    'exec node --import tsx cli.ts scenario',
    ...[...words, ...own].map(quoted),
    `--lab existing --context ${inClusterContext} --consent ${inClusterContext} --host-address "$POD_IP"`,
    `--seed $((${seed} + JOB_COMPLETION_INDEX)) --iterations "$share" --out "${runsMount.mountPath}/part-$JOB_COMPLETION_INDEX"`,
  ];
  return [
    `share=${Math.floor(iterations / parts)}`,
    `if [ "$JOB_COMPLETION_INDEX" -lt ${rest} ]; then share=$((share + 1)); fi`,
    run.join(' '),
  ].join('\n');
}

/** The rights of the pods: an engine is given all of them, and only who has them may give them. */
function access(): LiveObject[] {
  const [name, namespace] = [jobName, jobNamespace];
  return [
    { apiVersion: 'v1', kind: 'Namespace', metadata: { name: namespace } },
    { apiVersion: 'v1', kind: 'ServiceAccount', metadata: { name, namespace } },
    {
      apiVersion: 'rbac.authorization.k8s.io/v1',
      kind: 'ClusterRoleBinding',
      metadata: { name: namespace },
      roleRef: { apiGroup: 'rbac.authorization.k8s.io', kind: 'ClusterRole', name: 'cluster-admin' },
      subjects: [{ kind: 'ServiceAccount', name, namespace }],
    },
  ];
}

/** The profile of the user's, where there is one. */
function profileObjects({ profile }: JobSpec): LiveObject[] {
  if (profile === undefined) return [];
  const metadata = { name: profileMount.name, namespace: jobNamespace };
  return [{ apiVersion: 'v1', kind: 'ConfigMap', metadata, data: { [profileName]: profile } }];
}

function podSpec(spec: JobSpec): object {
  const hasProfile = spec.profile !== undefined;
  const container = {
    name: 'run',
    image: spec.image,
    args: ['sh', '-c', partCommand(spec)],
    env: [
      { name: 'POD_IP', valueFrom: { fieldRef: { fieldPath: 'status.podIP' } } },
      { name: 'CI', value: 'true' },
    ],
    volumeMounts: [runsMount, ...(hasProfile ? [profileMount] : [])],
  };
  const profile = { name: profileMount.name, configMap: { name: profileMount.name } };
  return {
    serviceAccountName: jobName,
    restartPolicy: 'Never',
    // Time for what the lab made to be removed.
    terminationGracePeriodSeconds: 120,
    containers: [container],
    volumes: [runsVolume, ...(hasProfile ? [profile] : [])],
  };
}

/** The objects that make a run in the cluster that they are applied to; one part at a time, for there is one lab in a cluster. */
export function jobManifests(spec: JobSpec): LiveObject[] {
  const claim: LiveObject = {
    apiVersion: 'v1',
    kind: 'PersistentVolumeClaim',
    metadata: { name: runsVolume.persistentVolumeClaim.claimName, namespace: jobNamespace },
    spec: { accessModes: ['ReadWriteOnce'], resources: { requests: { storage: '1Gi' } } },
  };
  const job: LiveObject = {
    apiVersion: 'batch/v1',
    kind: 'Job',
    metadata: { name: jobName, namespace: jobNamespace },
    spec: {
      completionMode: 'Indexed',
      completions: spec.parts,
      parallelism: 1,
      // What a part has left in the cluster is looked at by people, before another begins.
      backoffLimit: 0,
      template: { spec: podSpec(spec) },
    },
  };
  return [...access(), claim, ...profileObjects(spec), job];
}
