import { argocd } from './argocd/argocd.ts';
import type { ArgocdOptions } from './argocd/options.ts';
import type { ToolName } from '../toolchain/tool.ts';
import type { Engine, Fleet, InstallContext, ManagedApplication, Parts, StartedEngine } from './engine.ts';
import type { EngineFeature } from './feature.ts';
import { flux } from './flux/flux.ts';
import type { FluxOptions } from './flux/options.ts';

/** The options of each engine, by its name. */
interface OptionsOf {
  readonly flux: FluxOptions;
  readonly argocd: ArgocdOptions;
}

type Name = keyof OptionsOf;

/** Every engine that a lab can run; a new one is one line here and one above. */
export const engines: { readonly [N in Name]: Engine<OptionsOf[N]> } = { flux, argocd };

/** The tools that an engine needs for these features, each once. */
export function toolsOfEngine(name: Name, features: readonly EngineFeature[] = []): ToolName[] {
  const { tools, featureTools } = engines[name];
  return [...new Set([...tools, ...features.flatMap((feature) => featureTools[feature])])];
}

/** An engine and how it is to be set up. */
export type EngineChoice<N extends Name = Name> = {
  readonly [K in N]: { readonly name: K; readonly options: OptionsOf[K] };
}[N];

/** Installs the chosen engine; returns when it has applied the state store once. */
export async function installEngine<N extends Name>(
  { name, options }: EngineChoice<N>,
  context: Omit<InstallContext<unknown>, 'options'>,
): Promise<StartedEngine> {
  return engines[name].install({ ...context, options });
}

/** A fleet whose options are settled. */
interface ChosenFleet extends Omit<Fleet<never>, 'filesOf' | 'partFiles'> {
  readonly filesOf: (application: ManagedApplication, url: string) => Record<string, string>;
  readonly partFiles: (parts: Parts, url: string) => Record<string, string>;
}

/** How the chosen engine keeps many applications, with the files that Git has to hold for them. */
export function fleetOf<N extends Name>({ name, options }: EngineChoice<N>): ChosenFleet {
  const { fleet } = engines[name];
  return {
    ...fleet,
    filesOf: (application, url) => fleet.filesOf(application, url, options),
    partFiles: (parts, url) => fleet.partFiles(parts, url, options),
  };
}
