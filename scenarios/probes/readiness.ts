import {
  conditionStatus,
  listAt,
  numberAt,
  textAt,
  valueAt,
  type LiveObject,
} from '../../lab/kube/objects.ts';

/** Whether an object does its work, and a few words on how far it is. */
interface Readiness {
  readonly isReady: boolean;
  readonly summary: string;
}

/** Whether the controller of a workload has seen it as it is now. */
function isObservedBy(object: LiveObject): boolean {
  const seen = numberAt(object, 'status', 'observedGeneration');
  return seen >= numberAt(object, 'metadata', 'generation');
}

/**
 * As `kubectl rollout status` judges it, and no pod of an older template left (k8s.io/kubectl, polymorphichelpers). A
 * StatefulSet has the same counts as a Deployment.
 */
function replicasReadiness(object: LiveObject): Readiness {
  const wanted = numberAt(object, 'spec', 'replicas');
  const status = valueAt(object, 'status');
  const isObserved = isObservedBy(object);
  const counts = ['replicas', 'updatedReplicas', 'readyReplicas', 'availableReplicas'].map((field) =>
    numberAt(status, field),
  );
  return {
    isReady: isObserved && counts.every((count) => count === wanted),
    summary: `${numberAt(status, 'readyReplicas')}/${wanted} ready`,
  };
}

/** A DaemonSet's pods are as many as the scheduler has nodes for. */
function daemonSetReadiness(object: LiveObject): Readiness {
  const status = valueAt(object, 'status');
  const wanted = numberAt(status, 'desiredNumberScheduled');
  const counts = ['updatedNumberScheduled', 'numberReady', 'numberAvailable'].map((field) =>
    numberAt(status, field),
  );
  return {
    isReady: isObservedBy(object) && counts.every((count) => count === wanted),
    summary: `${numberAt(status, 'numberReady')}/${wanted} ready`,
  };
}

function endpointsReadiness(object: LiveObject): Readiness {
  const ready = listAt(object, 'endpoints').filter(
    (endpoint) => valueAt(endpoint, 'conditions', 'ready') === true,
  );
  return { isReady: ready.length > 0, summary: `${ready.length} ready` };
}

/** Judges an object by its kind; kinds without a readiness of their own are ready once they exist. */
export function readinessOf(object: LiveObject): Readiness {
  switch (object.kind) {
    case 'Deployment':
    case 'StatefulSet':
      return replicasReadiness(object);
    case 'DaemonSet':
      return daemonSetReadiness(object);
    case 'EndpointSlice':
      return endpointsReadiness(object);
    case 'Namespace': {
      const phase = textAt(object, 'status', 'phase');
      return { isReady: phase === 'Active', summary: phase };
    }
    case 'CustomResourceDefinition': {
      const isEstablished = conditionStatus(object, 'Established') === 'True';
      return { isReady: isEstablished, summary: isEstablished ? 'served' : 'not served yet' };
    }
    default:
      return { isReady: true, summary: 'exists' };
  }
}
