import type { GoPin, ImageFile, ToolPin } from './pin.ts';

/** Controllers of Flux exist only in images, for Linux; the path is that of the Dockerfile in each repository. */
const fluxImage = (controller: string, tag: string): ImageFile => ({
  kind: 'image',
  registry: 'ghcr.io',
  repository: `fluxcd/${controller}`,
  tag,
  member: `usr/local/bin/${controller}`,
});

type ControllerName =
  | 'source-controller'
  | 'kustomize-controller'
  | 'helm-controller'
  | 'notification-controller'
  | 'image-reflector-controller'
  | 'image-automation-controller';

interface Build {
  readonly version: string;
  readonly seconds: number;
}

function goPin(name: ControllerName, { version, seconds }: Build): GoPin {
  const module = `github.com/fluxcd/${name}`;
  return {
    version,
    folder: name,
    module,
    programs: [{ name, package: module }],
    linkerFlags: [],
    seconds,
  };
}

function fluxController(name: ControllerName, version: string, build?: Build): ToolPin {
  return {
    name,
    files: [name],
    official: {
      version,
      files: ({ os }) => (os === 'linux' ? [{ name, from: fluxImage(name, version) }] : undefined),
      megabytes: 50,
    },
    go: build && goPin(name, build),
  };
}

/** The release of the controllers that the user brings: their image in pods, and what is published. */
export const imageControllerVersion = 'v1.2.5';

/** What is published is of Flux 2.9.5 (manifests/bases of flux2). Go's module proxy serves neither of the image controllers. */
export const fluxControllerPins: Readonly<Record<ControllerName, ToolPin>> = {
  'source-controller': fluxController('source-controller', 'v1.9.5', { version: 'v1.3.0', seconds: 120 }),
  'kustomize-controller': fluxController('kustomize-controller', 'v1.9.5', {
    version: 'v1.9.5',
    seconds: 121,
  }),
  'helm-controller': fluxController('helm-controller', 'v1.6.4', { version: 'v1.6.4', seconds: 120 }),
  'notification-controller': fluxController('notification-controller', 'v1.9.4', {
    version: 'v1.9.0',
    seconds: 120,
  }),
  'image-reflector-controller': fluxController('image-reflector-controller', imageControllerVersion),
  'image-automation-controller': fluxController('image-automation-controller', imageControllerVersion),
};
