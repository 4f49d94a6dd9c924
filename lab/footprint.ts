import type { ObjectReference } from './kube/objects.ts';

/** What an engine or an application brings into a cluster, for clusters that somebody else uses, too. */
export interface Footprint {
  /** The namespaces that are made. */
  readonly namespaces: readonly string[];
  /** The names of the definitions of new kinds; one that begins with a dot stands for all that end so. */
  readonly definitions: readonly string[];
  /** The values of the label `app.kubernetes.io/part-of` on what belongs to no namespace. */
  readonly partsOf: readonly string[];
  /** Further objects that belong to no namespace. */
  readonly objects: readonly ObjectReference[];
}

/** What an engine brings into a cluster, or is handed there. */
export interface EngineFootprint {
  /** How people write it. */
  readonly title: string;
  /** What its installation brings. */
  readonly installed: Footprint;
  /** How one that somebody else has installed is used; undefined where it can't be. */
  readonly adoption: HandedObjects | undefined;
}

/** How an engine that somebody else has installed is used. */
export interface HandedObjects {
  /** Where it has to run. */
  readonly namespace: string;
  /** What runs there, as the end of a path of the API: `deployments/source-controller`. */
  readonly workloads: readonly string[];
  /** What is made for the lab's application, in the order in which it is to go. */
  readonly objects: readonly ObjectReference[];
}

/** What several bring together, each once. */
export function joinFootprints(footprints: readonly Footprint[]): Footprint {
  const each = <T>(of: (one: Footprint) => readonly T[]): T[] => [...new Set(footprints.flatMap(of))];
  return {
    namespaces: each(({ namespaces }) => namespaces),
    definitions: each(({ definitions }) => definitions),
    partsOf: each(({ partsOf }) => partsOf),
    objects: footprints.flatMap(({ objects }) => objects),
  };
}

/** Whether the definition of this name is one of the footprint's. */
export function bringsDefinition({ definitions }: Footprint, name: string): boolean {
  return definitions.some((one) => (one.startsWith('.') ? name.endsWith(one) : name === one));
}
