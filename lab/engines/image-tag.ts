/** The tag of an image: `v1.9.5` of `ghcr.io/fluxcd/source-controller:v1.9.5`; empty where it has none. */
export function imageTag(image: string): string {
  const [named = ''] = image.split('@');
  return /:([^/:]+)$/.exec(named)?.[1] ?? '';
}
