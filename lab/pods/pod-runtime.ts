import { startClock } from '../../common/clock.ts';
import type { KubeAccess } from '../kube/kube-access.ts';
import type { PodRuntime } from '../lab.ts';
import type { ImageShelf } from './image-shelf.ts';
import { followPodLogs } from './pod-logs.ts';

interface RuntimePlace {
  readonly access: KubeAccess;
  readonly logDirectory: string;
  /** Ends the following of logs. */
  readonly ending: AbortSignal;
}

/** Engines as pods of a cluster whose nodes get their images from a shelf. */
export function podRuntime(images: ImageShelf, { access, logDirectory, ending }: RuntimePlace): PodRuntime {
  return {
    kind: 'pods',
    provideImages: images.provide,
    standIns: images.made,
    followLogs: (namespace, since = 'start') => {
      followPodLogs({ access, namespace, since, logDirectory, clock: startClock(), signal: ending });
    },
  };
}
