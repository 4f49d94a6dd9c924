import { stringify } from 'yaml';

/**
 * What KWOK makes of nodes and pods, one Stage object for each step
 * (https://kwok.sigs.k8s.io/docs/user/stages-configuration/).
 */

interface Match {
  readonly key: string;
  readonly operator: 'In' | 'NotIn' | 'Exists' | 'DoesNotExist';
  readonly values?: readonly string[];
}

/** Pods with this annotation stay Pending, as those of an image do that never becomes ready. */
export const neverReadyAnnotation = 'simulate.gitops-lab/never-ready';

const isAlive: Match = { key: '.metadata.deletionTimestamp', operator: 'DoesNotExist' };
const isReady = '.status.conditions.[] | select( .type == "Ready" ) | .status';

function stage(name: string, kind: string, matchExpressions: readonly Match[], rest: object) {
  return {
    apiVersion: 'kwok.x-k8s.io/v1alpha1',
    kind: 'Stage',
    metadata: { name },
    spec: { resourceRef: { apiGroup: 'v1', kind }, selector: { matchExpressions }, ...rest },
  };
}

const nodeStatus = `
conditions:
{{ range NodeConditions }}
- type: {{ .type | Quote }}
  status: {{ .status | Quote }}
  reason: {{ .reason | Quote }}
  message: {{ .message | Quote }}
  lastHeartbeatTime: {{ Now | Quote }}
  lastTransitionTime: {{ Now | Quote }}
{{ end }}
capacity: { cpu: 64, memory: 256Gi, pods: 5000 }
allocatable: { cpu: 64, memory: 256Gi, pods: 5000 }
phase: Running
`;

const runningPodStatus = `
phase: Running
startTime: {{ Now | Quote }}
podIP: {{ PodIPWith .spec.nodeName ( or .spec.hostNetwork false ) .metadata.uid .metadata.name .metadata.namespace | Quote }}
conditions:
{{ range $type := list "Initialized" "ContainersReady" "Ready" }}
- { type: {{ $type }}, status: "True", lastTransitionTime: {{ Now | Quote }} }
{{ end }}
containerStatuses:
{{ range .spec.containers }}
- name: {{ .name | Quote }}
  image: {{ .image | Quote }}
  ready: true
  started: true
  restartCount: 0
  state: { running: { startedAt: {{ Now | Quote }} } }
{{ end }}
`;

const finishedPodStatus = `
phase: Succeeded
containerStatuses:
{{ range .spec.containers }}
- name: {{ .name | Quote }}
  image: {{ .image | Quote }}
  ready: false
  restartCount: 0
  state: { terminated: { exitCode: 0, reason: Completed, startedAt: {{ Now | Quote }}, finishedAt: {{ Now | Quote }} } }
{{ end }}
`;

/** The stages of a lab whose pods become ready `podStartMs` after they were scheduled, as YAML documents. */
export function kwokStages(podStartMs: number): string {
  const stages = [
    stage('node-ready', 'Node', [{ key: isReady, operator: 'NotIn', values: ['True'] }], {
      next: { statusTemplate: nodeStatus },
    }),
    stage(
      'pod-ready',
      'Pod',
      [
        isAlive,
        { key: '.status.phase', operator: 'In', values: ['Pending'] },
        { key: `.metadata.annotations["${neverReadyAnnotation}"]`, operator: 'DoesNotExist' },
      ],
      {
        delay: { durationMilliseconds: Math.round(podStartMs) },
        next: { statusTemplate: runningPodStatus },
      },
    ),
    stage(
      'pod-finished',
      'Pod',
      [
        isAlive,
        { key: '.status.phase', operator: 'In', values: ['Running'] },
        { key: '.metadata.ownerReferences.[].kind', operator: 'In', values: ['Job'] },
      ],
      { next: { statusTemplate: finishedPodStatus } },
    ),
    stage('pod-gone', 'Pod', [{ key: '.metadata.deletionTimestamp', operator: 'Exists' }], {
      next: { delete: true },
    }),
  ];
  return stages.map((document) => stringify(document)).join('---\n');
}
