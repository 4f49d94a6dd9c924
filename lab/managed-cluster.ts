import { mkdir } from 'node:fs/promises';
import path from 'node:path';
import { formatDuration } from '../common/duration.ts';
import { unwindAfter } from '../common/unwind.ts';
import type { ManagedApplication, StartedEngine, StoreAccess } from './engines/engine.ts';
import type { EngineFeature } from './engine-feature.ts';
import { engineFootprint, installEngine, type EngineChoice } from './engines/registry.ts';
import { joinFootprints, type Footprint } from './footprint.ts';
import { startOciRegistry, type OciRegistry } from './forge/oci-registry.ts';
import type { Lab } from './lab.ts';
import { openLineLog } from './line-log.ts';
import type { PreparedOperator } from './operator/operator.ts';
import { workloadImage } from './pods/workload-image.ts';
import type { LabSpec, PreparedLabs } from './provider.ts';
import type { Tool, ToolName } from './toolchain/tool.ts';

/** An image without content that a registry has from the start. */
interface FirstImage {
  readonly repository: string;
  readonly tag: string;
}

/** The part of a lab that follows Git: a cluster with an engine, where one is chosen. */
export interface ClusterSpec extends Omit<LabSpec, 'footprint' | 'engine'> {
  /** The kind of lab that it is. */
  readonly labs: PreparedLabs;
  readonly tools: ReadonlyMap<ToolName, Tool>;
  readonly engine?: EngineChoice;
  /** What is wanted of the engine besides keeping plain manifests; none where it is left out. */
  readonly features?: readonly EngineFeature[];
  readonly application: ManagedApplication;
  /** Where the engine is to post its notifications; it tells nobody where this is left out. */
  readonly noticeUrl?: string;
  /** Where the lab's registry is to be, from `chooseRegistryHost`; it has none where this is left out. */
  readonly registryHost?: string;
  /** From `prepareOperator`; the cluster has none where this is left out. */
  readonly operator?: PreparedOperator;
  /** What its applications bring besides their namespace. */
  readonly applicationFootprint?: Footprint;
  /** The images of the applications, which nodes have to get where pods are real. */
  readonly images?: readonly string[];
  /** What the registry has before the engine is installed. */
  readonly firstImages?: readonly FirstImage[];
  /** Told once after each part that takes its time, in a few words. */
  readonly onStep: (text: string) => void;
  /** Told when the control plane is ready. */
  readonly onControlPlane?: () => void;
  /** Told each command that installs the engine, when it is about to be run. */
  readonly onCommand?: (command: string) => void;
}

/** A cluster that runs, with its engine. */
export interface ManagedCluster extends AsyncDisposable {
  readonly lab: Lab;
  readonly engine: StartedEngine | undefined;
  /** Undefined unless one was asked for. */
  readonly registry: OciRegistry | undefined;
  readonly controlPlaneMs: number;
  /** Until the engine had applied the state store once; 0 where there is no engine. */
  readonly engineInstallMs: number;
  /** Ends all of it, the engine first; its home stays. A second call does nothing. */
  readonly stop: () => Promise<void>;
}

/** Starts the operator of a cluster, where it has one. Returns what ends both. */
function startOperator({ operator, application, logDirectory }: ClusterSpec, lab: Lab): Lab['stop'] {
  if (operator === undefined) return lab.stop;
  const log = openLineLog(path.join(logDirectory, 'operator.log'));
  const started = operator.start({ access: lab.access, namespace: application.namespace, log: log.write });
  return async () => {
    await started.stop();
    log.end();
    await lab.stop();
  };
}

/** Real pods run what is pushed: nodes get each image, which has no content in the registry, before its tag is there. */
function withImagesForNodes(
  registry: OciRegistry,
  { runtime }: Lab,
  { tools, signal }: ClusterSpec,
): OciRegistry {
  if (runtime.kind !== 'pods') return registry;
  return {
    ...registry,
    pushImage: async (repository, tag) => {
      await runtime.provideImages([workloadImage(`${registry.host}/${repository}:${tag}`, tools)], signal);
      await registry.pushImage(repository, tag);
    },
  };
}

/** The registry of a cluster; undefined where none was asked for. */
async function startRegistry(spec: ClusterSpec, lab: Lab): Promise<OciRegistry | undefined> {
  const { registryHost: host, firstImages = [], tools, signal } = spec;
  if (host === undefined) return undefined;
  const registry = withImagesForNodes(await startOciRegistry({ ...lab, host, tools, signal }), lab, spec);
  for (const { repository, tag } of firstImages) await registry.pushImage(repository, tag);
  return registry;
}

/** What the application is going to bring into its cluster. */
function footprintOf({ application, applicationFootprint }: ClusterSpec): Footprint {
  const own = { namespaces: [application.namespace], definitions: [], partsOf: [], objects: [] };
  return joinFootprints([own, ...(applicationFootprint === undefined ? [] : [applicationFootprint])]);
}

/** What a kind of lab is told of a cluster. */
function labSpecOf(spec: ClusterSpec): LabSpec {
  const { engine, application, ...rest } = spec;
  return {
    ...rest,
    footprint: footprintOf(spec),
    ...(engine === undefined ? {} : { engine: engineFootprint(engine.name, application) }),
  };
}

async function timed<T>(work: Promise<T>): Promise<[T, number]> {
  const startMs = performance.now();
  return [await work, performance.now() - startMs];
}

/**
 * Starts a cluster, and the engine in it, which has applied the state store once when this returns. What was started is
 * stopped again where a part fails. Throws an explained error, or the signal's reason.
 */
export async function startManagedCluster(spec: ClusterSpec, state: StoreAccess): Promise<ManagedCluster> {
  const {
    labs,
    logDirectory,
    tools,
    engine: choice,
    features = [],
    noticeUrl,
    application,
    images = [],
    signal,
    onStep,
    onControlPlane,
    onCommand,
  } = spec;
  await mkdir(logDirectory, { recursive: true, mode: 0o700 });
  const [lab, controlPlaneMs] = await timed(labs.start(labSpecOf(spec)));
  const stop = startOperator(spec, lab);
  try {
    onControlPlane?.();
    onStep(`control plane ready in ${formatDuration(controlPlaneMs)}`);
    if (lab.runtime.kind === 'pods') {
      await lab.runtime.provideImages(
        images.map((image) => workloadImage(image, tools)),
        signal,
      );
    }
    const registry = await startRegistry(spec, lab);
    const common = { lab, registry, controlPlaneMs, stop, [Symbol.asyncDispose]: stop };
    if (choice === undefined) return { ...common, engine: undefined, engineInstallMs: 0 };
    const startMs = performance.now();
    let engineInstallMs = 0;
    const engine = await installEngine(choice, {
      lab,
      tools,
      state,
      application,
      features,
      ...(noticeUrl === undefined ? {} : { noticeUrl }),
      signal,
      ...(onCommand === undefined ? {} : { onCommand }),
      onSynced: () => {
        engineInstallMs = performance.now() - startMs;
        onStep(`engine installed and synced in ${formatDuration(engineInstallMs)}`);
      },
    });
    return { ...common, engine, engineInstallMs };
  } catch (error) {
    return unwindAfter(error, stop);
  }
}
