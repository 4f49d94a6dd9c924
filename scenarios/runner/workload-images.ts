import type { LiveObject } from '../../lab/kube/objects.ts';
import { valueAt } from '../../lab/kube/objects.ts';
import { imagesOf } from '../../lab/pods/images-of.ts';
import { neverReadyAnnotation } from '../../lab/embedded/stages.ts';
import type { Application, Disturbance } from '../scenario.ts';

/** Objects whose pods are meant to become ready. */
function working(objects: readonly LiveObject[]): LiveObject[] {
  const annotations = ['spec', 'template', 'metadata', 'annotations', neverReadyAnnotation];
  return objects.filter((object) => valueAt(object, ...annotations) === undefined);
}

/** The images that real pods of an application need, with those that disturbances bring in; one that is meant to be broken is left out. */
export function workloadImages(application: Application, disturbances: readonly Disturbance[]): string[] {
  const objects = application.objectsAt(0);
  const changed = disturbances.flatMap((disturbance) =>
    disturbance.kind === 'change' ? working(disturbance.change(objects)) : [],
  );
  const byHand = disturbances.flatMap(({ images = [] }) => images);
  return [...new Set([...imagesOf([...working(objects), ...changed]), ...byHand])];
}
