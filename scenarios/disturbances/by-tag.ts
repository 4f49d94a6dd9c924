import type { ObjectName, Publication } from '../scenario.ts';

/** What is to be well afterwards, and the cluster that it is made in. */
interface Where {
  readonly environment: string;
  readonly restores: readonly ObjectName[];
  readonly readies: readonly ObjectName[];
}

/** The tag after this one: `1.0.4` after `1.0.3`. Throws where it is no such tag. */
function nextTag(tag: string): string {
  const [, start, patch] = /^(\d+\.\d+\.)(\d+)$/.exec(tag) ?? [];
  if (start === undefined) throw new Error(`${tag} is no tag such as 1.0.0`);
  return `${start}${Number(patch) + 1}`;
}

/** A newer tag of the image is pushed, which the engine is to find, to commit and to apply; `place` says where Git names the image. */
export function pushNewTag(name: string, place: string, where: Where): Publication {
  return {
    ...where,
    name,
    kind: 'publication',
    feature: `commits a newer tag of an image into ${place}, and applies it`,
    sentence: `a newer tag of the image that ${place} names is pushed to the registry`,
    command: 'docker push REGISTRY/shop/web:1.0.1',
    tagsAfter: (newest) => [nextTag(newest)],
    outcome: 'applied',
  };
}

/** Tags are pushed that are not for production: one older than the range, and a pre-release of the next one. The engine must write nothing. */
export function pushOtherTags(name: string, leftForMs: number, where: Where): Publication {
  return {
    ...where,
    name,
    kind: 'publication',
    feature: 'leaves an older tag and a pre-release',
    sentence: 'an older tag than the range of the policy has, and a pre-release, are pushed to the registry',
    command: 'docker push REGISTRY/shop/web:0.9.1 && docker push REGISTRY/shop/web:1.0.1-rc.1',
    tagsAfter: (newest, count) => [`0.9.${count}`, `${nextTag(newest)}-rc.${count}`],
    outcome: 'left',
    leftForMs,
  };
}
