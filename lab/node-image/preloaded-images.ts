import { ExplainedError } from '../../common/explained-error.ts';
import type { ArchivedImage } from '../images/image-archive.ts';
import { fileOf } from '../toolchain/file-of.ts';
import type { KindImages } from './kind-source.ts';
import type { Tools } from './node-tools.ts';

/** The images that a node has before its cluster starts. */
export interface PreloadedImages {
  /** Those that a release of Kubernetes brings, each in an archive of its own: name -> image. */
  readonly servers: Readonly<Record<string, ArchivedImage>>;
  readonly others: readonly ArchivedImage[];
}

const serverNames = ['kube-apiserver', 'kube-controller-manager', 'kube-scheduler'];

/** An image of one program, in a place where both its name and its path are found. */
function imageOf(
  reference: string,
  architecture: string,
  { program, name, base }: { program: string; name: string; base?: string },
): ArchivedImage {
  const place = `/usr/local/bin/${name}`;
  return {
    recipe: { files: { [place]: program }, entrypoint: [place] },
    references: [reference],
    architecture,
    base,
  };
}

/** The name of an image without its registry and tag. */
const shortName = (reference: string): string => /([^/:]+):[^/:]+$/.exec(reference)?.[1] ?? reference;

function fromKubeadm(reference: string, architecture: string, tools: Tools): ArchivedImage {
  const name = shortName(reference);
  const tag = reference.slice(reference.lastIndexOf(':') + 1);
  if (serverNames.includes(name))
    return imageOf(reference, architecture, { name, program: fileOf(tools, 'kubernetes', name) });
  if (name === 'kube-proxy') {
    const program = fileOf(tools, 'kubernetes-node', name);
    return imageOf(reference, architecture, {
      name,
      program,
      base: fileOf(tools, 'debian-net', 'debian-net.tar'),
    });
  }
  // Other versions than kubeadm asks for would run under a name that is not theirs.
  if (name === 'etcd' && tag.startsWith(`${tools.get('node-etcd')?.version.slice(1) ?? ''}-`))
    return imageOf(reference, architecture, { name, program: fileOf(tools, 'node-etcd', 'etcd') });
  if (name === 'coredns' && tag === tools.get('coredns')?.version)
    return imageOf(reference, architecture, { name, program: fileOf(tools, 'coredns', 'coredns') });
  throw new ExplainedError({
    what: `kubeadm asks for ${reference}, and no such version is pinned`,
    next: 'correct lab/toolchain/node-pins.ts, which has to follow the version of Kubernetes',
  });
}

function fromKind(names: KindImages, architecture: string, tools: Tools): ArchivedImage[] {
  const base = fileOf(tools, 'debian-net', 'debian-net.tar');
  const program = fileOf(tools, 'local-path-provisioner', 'local-path-provisioner');
  const [pause, kindnetd] = ['pause', 'kindnetd'].map((name) => fileOf(tools, 'node-programs', name));
  const helper: ArchivedImage = {
    recipe: { files: {}, entrypoint: [] },
    references: [names.helper],
    architecture,
    base,
  };
  return [
    imageOf(names.pause, architecture, { name: 'pause', program: pause ?? '' }),
    imageOf(names.network, architecture, { name: 'kindnetd', program: kindnetd ?? '', base }),
    imageOf(names.provisioner, architecture, { name: 'local-path-provisioner', program }),
    helper,
  ];
}

/**
 * What to preload: `required` is what kubeadm lists, `names` is what kind's sources name. Throws an explained error where
 * kubeadm asks for something that is not pinned.
 */
export function preloadedImages(
  required: readonly string[],
  names: KindImages,
  architecture: string,
  tools: Tools,
): PreloadedImages {
  const servers: Record<string, ArchivedImage> = {};
  const others: ArchivedImage[] = [];
  for (const reference of required) {
    // Containerd, not kubeadm, says which one pods start with.
    if (shortName(reference) === 'pause') continue;
    const image = fromKubeadm(reference, architecture, tools);
    if (serverNames.includes(shortName(reference))) servers[shortName(reference)] = image;
    else others.push(image);
  }
  return { servers, others: [...others, ...fromKind(names, architecture, tools)] };
}
