import type { EngineChoice } from '../../lab/engines/registry.ts';
import type { Profile } from './profile.ts';

/** An engine, set up as a profile says. */
export function engineChoice(name: EngineChoice['name'], profile: Profile): EngineChoice {
  if (name === 'manual') return { name, options: {} };
  return name === 'flux' ? { name, options: profile.flux } : { name, options: profile.argocd };
}
