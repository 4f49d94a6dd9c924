import { listAt, textAt, valueAt, type LiveObject } from '../kube/objects.ts';

function podSpecOf(object: LiveObject): unknown {
  if (object.kind === 'Pod') return object['spec'];
  if (object.kind === 'CronJob') return valueAt(object, 'spec', 'jobTemplate', 'spec', 'template', 'spec');
  return valueAt(object, 'spec', 'template', 'spec');
}

/** The images that the pods of these objects run, each once. */
export function imagesOf(objects: readonly LiveObject[]): string[] {
  const containers = objects
    .map(podSpecOf)
    .flatMap((spec) => [...listAt(spec, 'initContainers'), ...listAt(spec, 'containers')]);
  const images = containers.map((container) => textAt(container, 'image'));
  return [...new Set(images)].filter((image) => image !== '');
}
