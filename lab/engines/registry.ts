import { argocd } from './argocd/argocd.ts';
import type { ArgocdOptions } from './argocd/options.ts';
import type { ToolName } from '../toolchain/tool.ts';
import type {
  ChartFolder,
  Engine,
  Fleet,
  InstallContext,
  ManagedApplication,
  Parts,
  StartedEngine,
} from './engine.ts';
import type { EngineFeature } from '../engine-feature.ts';
import type { EngineFootprint } from '../footprint.ts';
import { flux } from './flux/flux.ts';
import type { FluxOptions } from './flux/options.ts';
import { manual } from './manual/manual.ts';
import type { ManualOptions } from './manual/options.ts';

/** The options of each engine, by its name. */
interface OptionsOf {
  readonly flux: FluxOptions;
  readonly argocd: ArgocdOptions;
  readonly manual: ManualOptions;
}

type Name = keyof OptionsOf;

/** Every engine that a lab can run; a new one is one line here and one above. */
export const engines: { readonly [N in Name]: Engine<OptionsOf[N]> } = { flux, argocd, manual };

/** The tools that an engine needs for these features, each once. */
export function toolsOfEngine(name: Name, features: readonly EngineFeature[] = []): ToolName[] {
  const { tools, featureTools } = engines[name];
  return [...new Set([...tools, ...features.flatMap((feature) => featureTools[feature])])];
}

/** An engine and how it is to be set up. */
export type EngineChoice<N extends Name = Name> = {
  readonly [K in N]: { readonly name: K; readonly options: OptionsOf[K] };
}[N];

/** What the chosen engine brings into a cluster, or is handed there to keep the application. */
export function engineFootprint(name: Name, application: ManagedApplication): EngineFootprint {
  const { title, footprint, adoption } = engines[name];
  return {
    title,
    installed: footprint,
    adoption: adoption && { ...adoption, objects: adoption.objectsFor(application) },
  };
}

/** Installs the chosen engine, or uses the one that the lab's cluster has; returns when it has applied the state store once. */
export async function installEngine<N extends Name>(
  { name, options }: EngineChoice<N>,
  context: Omit<InstallContext<unknown>, 'options'>,
): Promise<StartedEngine> {
  const { install, adoption } = engines[name];
  if (context.lab.isEngineThere !== true) return install({ ...context, options });
  if (adoption === undefined) throw new Error(`${name} can't be used where it is there`);
  return adoption.adopt({ ...context, options });
}

/** A fleet whose options are settled. */
interface ChosenFleet extends Omit<Fleet<never>, 'filesOf' | 'partFiles'> {
  readonly filesOf: (application: ManagedApplication, url: string) => Record<string, string>;
  readonly partFiles: (parts: Parts, url: string) => Record<string, string>;
}

/** How the chosen engine keeps many applications, with the files that Git has to hold for them. Throws where it is none that can. */
export function fleetOf<N extends Name>({ name, options }: EngineChoice<N>): ChosenFleet {
  const { fleet } = engines[name];
  if (fleet === undefined) throw new Error(`${name} keeps no fleet`);
  return {
    ...fleet,
    filesOf: (application, url) => fleet.filesOf(application, url, options),
    partFiles: (parts, url) => fleet.partFiles(parts, url, options),
  };
}

/** What Git has to hold for an engine to know where new tags of an image are to be written. */
export function imageFilesFor(
  name: Name,
  application: ManagedApplication,
  files: Readonly<Record<string, string>>,
): Readonly<Record<string, string>> {
  const { follows } = application;
  if (follows === undefined) return files;
  const { imageFiles } = engines[name];
  if (imageFiles === undefined) throw new Error(`${name} follows no image`);
  return imageFiles(application, follows, files);
}

/** What Git has to hold for the chosen engine to keep a chart. */
export function chartFilesFor<N extends Name>(
  { name, options }: EngineChoice<N>,
  application: ManagedApplication,
  folder: ChartFolder,
): Readonly<Record<string, string>> {
  const { chartFiles } = engines[name];
  if (chartFiles === undefined) throw new Error(`${name} keeps no chart`);
  return chartFiles(application, folder, options);
}
