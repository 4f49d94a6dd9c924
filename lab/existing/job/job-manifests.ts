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
}

/** Apart from what labs make and remove. */
const namespace = 'gitops-lab-runner';
const name = 'gitops-lab';
/** Where the runs of all parts lie in the volume. */
const runsPath = '/runs';

/** A word as a shell takes it whatever is in it. */
function quoted(word: string): string {
  return `'${word.replaceAll("'", `'\\''`)}'`;
}

/** What a part runs: its share of the iterations, with a seed of its own (https://kubernetes.io/docs/concepts/workloads/controllers/job/#completion-mode). */
export function partCommand({ words, parts, iterations, seed }: Omit<JobSpec, 'image'>): string {
  const rest = iterations % parts;
  const run = [
    'exec node --import tsx cli.ts scenario',
    ...words.map(quoted),
    `--lab existing --context ${inClusterContext} --consent ${inClusterContext} --host-address "$POD_IP"`,
    `--seed $((${seed} + JOB_COMPLETION_INDEX)) --iterations "$share" --out "${runsPath}/part-$JOB_COMPLETION_INDEX"`,
  ];
  return [
    `share=${Math.floor(iterations / parts)}`,
    `if [ "$JOB_COMPLETION_INDEX" -lt ${rest} ]; then share=$((share + 1)); fi`,
    run.join(' '),
  ].join('\n');
}

/** The rights of the pods: an engine is given all of them, and only who has them may give them. */
function access(): LiveObject[] {
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

/** The objects that make a run in the cluster that they are applied to; one part at a time, for there is one lab in a cluster. */
export function jobManifests(spec: JobSpec): LiveObject[] {
  const claim: LiveObject = {
    apiVersion: 'v1',
    kind: 'PersistentVolumeClaim',
    metadata: { name: 'runs', namespace },
    spec: { accessModes: ['ReadWriteOnce'], resources: { requests: { storage: '1Gi' } } },
  };
  const container = {
    name: 'run',
    image: spec.image,
    command: ['sh', '-c', partCommand(spec)],
    env: [
      { name: 'POD_IP', valueFrom: { fieldRef: { fieldPath: 'status.podIP' } } },
      { name: 'CI', value: 'true' },
    ],
    volumeMounts: [{ name: 'runs', mountPath: runsPath }],
  };
  const job: LiveObject = {
    apiVersion: 'batch/v1',
    kind: 'Job',
    metadata: { name, namespace },
    spec: {
      completionMode: 'Indexed',
      completions: spec.parts,
      parallelism: 1,
      // What a part has left in the cluster is looked at by people, before another begins.
      backoffLimit: 0,
      template: {
        spec: {
          serviceAccountName: name,
          restartPolicy: 'Never',
          // Time for what the lab made to be removed.
          terminationGracePeriodSeconds: 120,
          containers: [container],
          volumes: [{ name: 'runs', persistentVolumeClaim: { claimName: 'runs' } }],
        },
      },
    },
  };
  return [...access(), claim, job];
}
