import type { Clock } from '../../common/clock.ts';
import { formatDuration } from '../../common/duration.ts';
import { ExplainedError } from '../../common/explained-error.ts';
import { waitUntil } from '../../common/wait.ts';
import type { KubeAccess } from '../../lab/kube/kube-access.ts';
import { conditionText, type LiveObject } from '../../lab/kube/objects.ts';
import { watchObjects } from '../../lab/kube/watch.ts';
import type { LabMachines } from '../../lab/lab.ts';
import type { StepKind } from '../../reports/record/facts/iteration.ts';
import type { Application } from '../scenario.ts';
import { spread } from './machine-pods.ts';
import type { ClusterObserver } from './observer.ts';

/** Starting a machine, its kubelet and, on the controller, the control plane takes a busy machine minutes. */
const nodeTimeoutMs = 600_000;

interface KeeperPlace {
  readonly access: KubeAccess;
  readonly application: Pick<Application, 'namespace'>;
  readonly observer: Pick<ClusterObserver, 'note' | 'isWhole'>;
  readonly clock: Clock;
  readonly signal: AbortSignal;
}

/** The machines of a lab in a scenario that loses them: every step is recorded, and what is off is turned on in the end. */
export interface MachineKeeper extends Pick<LabMachines, 'controller' | 'workers' | 'powerOff' | 'powerOn'> {
  /** Throws an explained error where the lab can't. */
  readonly rebuild: (name: string) => Promise<void>;
  /** Settles when Kubernetes says that the machine's node is not Ready, or gone. Throws an explained error at its time-out. */
  readonly untilMissed: (name: string) => Promise<void>;
  /** Settles when the node of a machine that was turned off is Ready since. Throws an explained error at its time-out. */
  readonly untilBack: (name: string) => Promise<void>;
  /** Turns on what is off, until all nodes are Ready and the application's pods are spread over them again. */
  readonly mend: () => Promise<void>;
}

/** Whether a node is Ready by a word of its kubelet's that is newer than a moment of the wall clock. */
export function isReadySince(node: LiveObject, sinceMs: number): boolean {
  const heartbeat = conditionText(node, 'Ready', 'lastHeartbeatTime');
  return conditionText(node, 'Ready', 'status') === 'True' && Date.parse(heartbeat) > sinceMs;
}

/** What Kubernetes may say of a node; undefined once it is gone. */
type NodeTest = (node: LiveObject | undefined) => boolean;

/** Keeps the machines of a lab. */
export function keepMachines(machines: LabMachines, place: KeeperPlace): MachineKeeper {
  const { access, application, observer, clock, signal } = place;
  /** When each of those that are off, or not back yet, was turned off, on the wall clock. */
  const offSinceMs = new Map<string, number>();
  const step = (kind: StepKind, what: string): void => {
    observer.note({ type: 'step', step: kind, what });
  };
  const untilNode = async (name: string, goal: string, holds: NodeTest, note: () => void): Promise<void> => {
    const ended = new AbortController();
    const timeout = AbortSignal.timeout(nodeTimeoutMs);
    const target = { path: '/api/v1/nodes', fieldSelector: `metadata.name=${name}` };
    try {
      await new Promise<void>((resolve, reject) => {
        watchObjects(target, {
          access,
          clock,
          signal: AbortSignal.any([ended.signal, timeout, signal]),
          onEvent: ({ type, object }) => {
            if (ended.signal.aborted || !holds(type === 'DELETED' ? undefined : object)) return;
            ended.abort();
            note();
            resolve();
          },
          onGap: () => undefined,
        });
        const refuse = (): void => {
          const what = `waited ${formatDuration(nodeTimeoutMs)} in vain for the node ${name} to be ${goal}`;
          reject(signal.aborted ? (signal.reason as Error) : new ExplainedError({ what }));
        };
        timeout.addEventListener('abort', refuse, { once: true });
        signal.addEventListener('abort', refuse, { once: true, signal: ended.signal });
      });
    } finally {
      ended.abort();
    }
  };
  const untilWhole = async (): Promise<void> => {
    const probe = async () => Promise.resolve(observer.isWhole() || undefined);
    await waitUntil(probe, { goal: 'the API server to answer', timeoutMs: nodeTimeoutMs, signal });
    step('api-back', 'the API server answers');
  };
  const untilBack = async (name: string): Promise<void> => {
    const sinceMs = offSinceMs.get(name) ?? 0;
    if (name === machines.controller) await untilWhole();
    const isBack: NodeTest = (node) => node !== undefined && isReadySince(node, sinceMs);
    await untilNode(name, 'Ready', isBack, () => {
      step('node-back', `the node ${name} is Ready`);
    });
    offSinceMs.delete(name);
  };
  const powerOn = async (name: string): Promise<void> => {
    step('fault-ended', `${name} is turned on`);
    await machines.powerOn(name);
  };
  return {
    controller: machines.controller,
    workers: machines.workers,
    powerOff: async (name) => {
      step('fault-began', `${name} loses its power`);
      if (name === machines.controller) step('api-away', 'the API server is away');
      offSinceMs.set(name, clock.wallTime().getTime());
      await machines.powerOff(name);
    },
    powerOn,
    rebuild: async (name) => {
      if (machines.rebuild === undefined) throw new Error('such a lab is refused before');
      step('fault-began', `${name} is destroyed, and made anew`);
      await machines.rebuild(name);
      step('fault-ended', `${name} is made anew`);
    },
    untilMissed: async (name) => {
      const isMissed: NodeTest = (node) =>
        node === undefined || conditionText(node, 'Ready', 'status') !== 'True';
      await untilNode(name, 'missed', isMissed, () => {
        step('node-lost', `Kubernetes misses the node ${name}`);
      });
    },
    untilBack,
    mend: async () => {
      if (signal.aborted || offSinceMs.size === 0) return;
      for (const name of [...offSinceMs.keys()]) {
        await powerOn(name);
        await untilBack(name);
      }
      await spread(access, application.namespace, machines.workers, signal);
    },
  };
}
