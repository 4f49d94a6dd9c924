import type { FollowedImage as ImageInLab } from '../../lab/engines/engine.ts';
import type { LiveObject } from '../../lab/kube/objects.ts';
import type { Application, FollowedImage, Publication } from '../scenario.ts';

/** The image that an application follows, as a lab's registry has it. */
export interface ImageShelf {
  /** In the registry: `shop/web`. */
  readonly repository: string;
  readonly firstTag: string;
  /** As the engine is told of it. */
  readonly inLab: ImageInLab;
  /** The application with the image of the lab's registry in its objects, at the newest tag of the time at which they are asked for. */
  readonly stocked: Application;
  /** What a publication is to push now. Where its tags are to be taken, the last is the newest from then on. */
  readonly take: (publication: Publication) => readonly string[];
}

/** `registry.example/shop/web:1.0.0` in its parts. */
function partsOf(image: string): { readonly repository: string; readonly tag: string } {
  const [path = '', tag = ''] = image.slice(image.indexOf('/') + 1).split(':', 2);
  return { repository: path, tag };
}

/** The same value with one text instead of another, wherever it stands. */
function replaced(value: unknown, from: string, to: string): unknown {
  if (value === from) return to;
  if (Array.isArray(value)) return value.map((item) => replaced(item, from, to));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, replaced(item, from, to)]));
}

/** The image that `application` follows, in the registry at `host`. */
export function stockShelf(
  application: Application,
  { image, range, valuesKey }: FollowedImage,
  host: string,
): ImageShelf {
  const { repository, tag } = partsOf(image);
  const name = `${host}/${repository}`;
  const { chart } = application;
  let newest = tag;
  let count = 0;
  const inValues =
    chart === undefined || valuesKey === undefined ? {} : { inValues: { chart: chart.name, key: valuesKey } };
  return {
    repository,
    firstTag: tag,
    inLab: { image: name, range, ...inValues },
    stocked: {
      ...application,
      objectsAt: (release) =>
        replaced(application.objectsAt(release), image, `${name}:${newest}`) as readonly LiveObject[],
    },
    take: ({ tagsAfter, outcome }) => {
      const tags = tagsAfter(newest, (count += 1));
      if (outcome === 'applied') newest = tags.at(-1) ?? newest;
      return tags;
    },
  };
}
